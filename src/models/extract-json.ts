// Finds the JSON object in what a model wrote: fences, prose around it, thoughts before it. Repairs only when nothing parses
// as it stands, and never what was cut: a repaired object is marked, and its schema must still hold.
import { jsonrepair } from 'jsonrepair';
import type { JsonObject } from './port.ts';

export interface Extracted {
  readonly value: JsonObject;
  /** Whether quotes, commas, brackets or the like had to be mended. */
  readonly repaired: boolean;
}

/** Longest text that is searched; an answer is far shorter. */
const longestText = 2_000_000;
/** Text full of opening braces would be read once from each of them. */
const mostCandidates = 40;
/** Repair is slow on long text, and an answer of that length with a fault is better asked for again. */
const longestRepair = 200_000;

/**
 * The objects in the text, the likeliest first: fenced blocks and balanced braces, longer before shorter. Empty when there
 * are none. `mend` allows repairs; a text that was cut by a limit must not be mended.
 */
export function extractJson(text: string, { mend }: { mend: boolean }): Extracted[] {
  const spoken = withoutThoughts(text.slice(0, longestText));
  const whole = candidates(spoken);
  const parsed = whole.flatMap((candidate) => parseObject(candidate, false));
  if (parsed.length > 0 || !mend) return parsed;
  const tail = unclosedTail(spoken);
  return [...whole, ...(tail === null ? [] : [tail])].flatMap((candidate) => {
    if (candidate.length > longestRepair) return [];
    try {
      return parseObject(jsonrepair(candidate), true);
    } catch {
      return [];
    }
  });
}

function parseObject(text: string, repaired: boolean): Extracted[] {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? [{ value, repaired }] : [];
  } catch {
    return [];
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Drops closed thoughts; searched by hand, since a pattern would take quadratic time on many openings. */
function withoutThoughts(text: string): string {
  const opening = /<(think|thinking|thought|reasoning)>/gi;
  const lower = text.toLowerCase();
  let kept = '';
  let from = 0;
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    const tag = `</${open[1]?.toLowerCase()}>`;
    const close = lower.indexOf(tag, open.index);
    if (close === -1) break;
    kept += `${text.slice(from, open.index)} `;
    from = close + tag.length;
    opening.lastIndex = from;
  }
  return kept + text.slice(from);
}

function candidates(text: string): string[] {
  const found = [text.trim(), ...fenced(text), ...balanced(text)];
  const objects = found.filter((each) => each.startsWith('{') && each.endsWith('}'));
  return [...new Set(objects)].sort((a, b) => b.length - a.length);
}

const fence = '```';

/** What stands between fences that open a line of their own. */
function fenced(text: string): string[] {
  const blocks: string[] = [];
  for (let open = text.indexOf(fence); open !== -1 && blocks.length < mostCandidates; ) {
    const start = text.indexOf('\n', open);
    const close = start === -1 ? -1 : text.indexOf(fence, start);
    if (close === -1) break;
    blocks.push(text.slice(start, close).trim());
    open = text.indexOf(fence, close + fence.length);
  }
  return blocks;
}

/**
 * Outermost `{...}`, with all braces inside strings passed over. Where an object begins and is never closed, the search ends:
 * what is inside it are pieces, not answers. A brace of prose is skipped.
 */
function balanced(text: string): string[] {
  const found: string[] = [];
  let from = text.indexOf('{');
  for (let tries = 0; from !== -1 && tries < mostCandidates; tries += 1) {
    const { end } = scan(text, from);
    if (end !== null) found.push(text.slice(from, end));
    else if (/^\{\s*["']/.test(text.slice(from, from + 80))) break;
    from = text.indexOf('{', end ?? from + 1);
  }
  return found;
}

/** From the first brace to the end, where only brackets are missing: a text that stops inside a string or a number was cut. */
function unclosedTail(text: string): string | null {
  const from = text.indexOf('{');
  if (from === -1) return null;
  const tail = text
    .slice(from)
    .replace(/\s*```\s*$/, '')
    .trimEnd();
  const { end, inString } = scan(tail, 0);
  return end === null && !inString && /["\]}el]$/.test(tail) ? tail : null;
}

/** Walks from an opening brace to its partner. `end` is behind it, or null when it never comes. */
function scan(text: string, from: number): { end: number | null; inString: boolean } {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return { end: at + 1, inString };
    }
  }
  return { end: null, inString };
}
