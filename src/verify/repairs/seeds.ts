// STR010: a seed for a generator, a split or an estimator that has none. The seed is that of the manifest.
import type { Finding } from '../../task/findings.ts';
import { rangeOf } from '../package/text-places.ts';
import { closingBracket, insertLines } from './python-text.ts';
import { type RepairRule, repairOf, type TextEdit } from './repair.ts';

/** Gives the call of the finding a seed, in the way in which the call takes one. */
export const seedIt: RepairRule = (finding, { manifest, text: textOf }) => {
  const text = textOf(finding.file);
  const call = finding.evidence['call'];
  if (text === null || manifest === null || typeof call !== 'string') return null;
  const preferred = finding.severity === 'error';
  const title = `Seed \`${call}\` with ${manifest.seed}`;
  if (finding.message.includes('which is never seeded'))
    return repairOf(title, preferred, finding.file, [seedGlobal(text, finding, call, manifest.seed)]);
  const keyword = finding.message.includes('random_state') ? 'random_state' : null;
  if (keyword === null && !finding.message.includes('without a seed')) return null;
  return repairOf(title, preferred, finding.file, [argument(text, finding, call, keyword, manifest.seed)]);
};

/** Writes the seed among the arguments of the call. */
function argument(text: string, finding: Finding, call: string, keyword: string | null, seed: number): TextEdit | null {
  const start = offsetOf(text, finding);
  const open = text.indexOf('(', start + (text.startsWith(call, start) ? call.length : 0));
  const close = open < 0 ? null : closingBracket(text, open);
  if (close === null) return null;
  const given = text.slice(open + 1, close);
  const unset =
    keyword === null ? /^\s*(?:seed\s*=\s*)?(None)/.exec(given) : /\brandom_state\s*=\s*(None)\b/.exec(given);
  if (unset !== null) {
    const at = open + 1 + unset.index + unset[0].length - 'None'.length;
    return { range: rangeOf(text, at, 'None'.length), newText: String(seed) };
  }
  if (keyword === null) return given.trim() === '' ? { range: rangeOf(text, close, 0), newText: String(seed) } : null;
  const kept = given.trimEnd();
  const separator = kept === '' ? '' : kept.endsWith(',') ? ' ' : ', ';
  return { range: rangeOf(text, open + 1 + kept.length, 0), newText: `${separator}${keyword}=${seed}` };
}

/** Seeds the global generator at the start of the function that draws from it. */
function seedGlobal(text: string, finding: Finding, call: string, seed: number): TextEdit | null {
  const module = call.slice(0, Math.max(0, call.lastIndexOf('.')));
  if (module === '') return null; // imported by name: where its seed is, the text does not say
  const head = text.slice(0, offsetOf(text, finding));
  const def = [...head.matchAll(/^([ \t]*)def [^\n]*:[ \t]*\n(?:\1[ \t]+(?:"""[\s\S]*?"""|"[^"\n]*")[ \t]*\n)?/gm)].at(
    -1,
  );
  if (def === undefined) return null;
  const at = def.index + def[0].length;
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  return indent === '' ? null : insertLines(text, { indent }, at, [`${module}.seed(${seed})`]);
}

function offsetOf(text: string, { range }: Finding): number {
  let at = 0;
  for (let line = 0; line < range.start.line; line += 1) at = text.indexOf('\n', at) + 1;
  return at + range.start.character;
}
