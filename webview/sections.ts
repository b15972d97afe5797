// The parts of the report besides its figures: what the task is, how its checks came out, what was found.
import { button } from './controls.ts';
import { element, fill, having, section, table } from './element.ts';
import type { Content, Request, ShownFinding } from './messages.ts';

type Ask = (request: Request) => void;

/** Title, verdict and facts. */
export function overview(content: Content, ask: Ask): HTMLElement {
  const { words, verdict } = content;
  const facts = content.facts.map(({ name, value }) => element('div', element('dt', name), element('dd', value)));
  const verdictText = element(`span.verdict.${verdict}`, words[verdict]);
  const verify = button(words.verify, () => ask({ type: 'verify' }), { key: 'verify', look: 'primary' });
  return element(
    'header',
    element('h1', content.title),
    element('p', content.summary),
    element('p.line', verdictText, content.counts, ...(content.canVerify ? [verify] : [])),
    element('dl', ...facts),
  );
}

/** Families by outcome. A number goes to the findings behind it. */
export function matrix(content: Content, ask: Ask): HTMLElement {
  const { words, families } = content;
  // What happened nowhere needs no column: the page may be narrow.
  const outcomes = content.outcomes.filter((_, index) => families.some(({ counts }) => (counts[index] ?? 0) > 0));
  const rows = families.map(({ code, title, counts }) => [
    `${code} ${title}`,
    ...outcomes.map((outcome) => {
      const count = counts[content.outcomes.indexOf(outcome)] ?? 0;
      if (count === 0) return '';
      const behind = content.findings.filter((finding) => finding.code.startsWith(code) && finding.kind === outcome.id);
      if (behind.length === 0) return element(`span.${outcome.id}`, String(count));
      const label = fill(words.show, count, outcome.label, `${code} ${title}`);
      return button(String(count), () => goTo(behind, ask), { key: `cell-${code}-${outcome.id}`, label });
    }),
  ]);
  const header = [words.family, ...outcomes.map(({ label }) => label)];
  return section('checks', words.checks, families.length === 0 ? null : table(words.checksNote, header, rows));
}

/** One finding opens its place; of several the first card takes the focus. */
function goTo(behind: readonly ShownFinding[], ask: Ask): void {
  const [first] = behind;
  if (first === undefined) return;
  if (behind.length === 1) ask({ type: 'open', file: first.file, line: first.line });
  document.querySelector<HTMLElement>(`[data-code="${CSS.escape(first.code)}"][data-kind="${first.kind}"]`)?.focus();
}

/** All findings, those that decide first. */
export function findings(content: Content, ask: Ask): HTMLElement {
  const { words } = content;
  const none = content.verdict === 'unverified' ? words.unverified : words.noFindings;
  if (content.findings.length === 0) return section('findings', words.findings, element('p', none));
  const cards = content.findings.map((finding, index) => card(finding, index, content, ask));
  return section('findings', words.findings, element('ul.cards', ...cards));
}

function card(finding: ShownFinding, index: number, { words }: Content, ask: Ask): HTMLElement {
  const { code, kind, label, message, file, line, evidence, remedy, reason } = finding;
  const place = `${file}:${line + 1}`;
  const heading = element('h3', element(`span.${kind}`, label), ` ${code}`);
  const open = button(place, () => ask({ type: 'open', file, line }), {
    key: `open-${index}`,
    label: fill(words.open, place),
  });
  const explain = button(fill(words.explain, code), () => ask({ type: 'explain', code }), { key: `explain-${index}` });
  const made = element(
    `li.card.${kind}`,
    heading,
    element('p', message),
    evidence === '' ? null : element('p.soft', element('b', `${words.evidence}: `), element('code', evidence)),
    reason === ''
      ? element('p', element('b', `${words.remedy}: `), remedy)
      : element('p', element('b', `${words.suppressed}: `), reason),
    element('p.line', open, explain),
  );
  return having(made, { tabindex: '-1', 'data-code': code, 'data-kind': kind });
}
