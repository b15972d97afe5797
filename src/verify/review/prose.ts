// REV006, REV007 and REV014: what was left in the text, what does not belong there, and what is missing.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type CheckContext, findingOf } from '../check.ts';
import { cellText, type MarkdownText } from '../markdown-text.ts';
import { reviewCatalogue as checks } from './catalogue.ts';

const PLACEHOLDER =
  /lorem ipsum|\b(?:TBD|TODO|FIXME|XXX{1,3})\b|\{\{[^{}\n]{0,80}\}\}|\$\{\w{1,40}\}|\{%[^%\n]{0,80}%\}|%\(\w{1,40}\)s|\[(?:insert|your|add|fill in|describe|name of|to be)\b[^\]\n]{0,80}\](?!\()|<(?:insert|your|placeholder|description|dataset)\b[^>\n]{0,80}>|\bto be (?:written|defined|determined|announced)\b/gi;
const PREPARATION: readonly (readonly [RegExp, string])[] = [
  [/\b(?:random[ _]state|(?:random )?seed)\s{0,3}(?:=|:|\(|of|was|is)?\s{0,3}\d{1,12}\b/gi, 'a seed with its value'],
  [
    /\b(?:train_test_split|StratifiedShuffleSplit|StratifiedKFold|GroupShuffleSplit|GroupKFold|ShuffleSplit|default_rng|np\.random|numpy\.random|random_state)\b/g,
    'the code of the split',
  ],
  [
    /(?<![\w/.:])(?:\/(?:home|Users|mnt|root|tmp|var|opt|srv)\/[\w.-]+|[A-Z]:\\[\w.-]+|~\/[\w.-]+)(?:[\w./\\-]*\w)?/g,
    'a path of the machine that made the task',
  ],
  [
    /\b(?:ground[ -]truth|answers?|hidden labels?|solutions?) (?:are|is|were|was) (?:stored|kept|saved|found|located|written) (?:in|at|under|to)\b/gi,
    'where the answers are kept',
  ],
];
/** A text of fewer words says nothing that the table of columns does not. */
const FEW_WORDS = 60;
const LONG_WORDS = 150;
const MAX_FOUND = 5;

/** REV006: in the description, and in the texts of the manifest. */
export async function placeholders(context: CheckContext, manifest: TaskSpec, text: MarkdownText): Promise<Finding[]> {
  const found: Finding[] = [...text.prose.matchAll(PLACEHOLDER)].slice(0, MAX_FOUND).map((match) =>
    findingOf(checks.placeholders, {
      message: `The description still holds the placeholder "${match[0]}".`,
      file: layout.description,
      range: text.at(match.index, match[0].length),
      evidence: { text: match[0] },
    }),
  );
  const texts: readonly (readonly [readonly (string | number)[], string])[] = [
    [['title'], manifest.title],
    [['summary'], manifest.summary],
    [['target', 'derivation'], manifest.target.derivation],
    [['split', 'reason'], manifest.split.reason],
    [['metric', 'reason'], manifest.metric.reason],
    [['objective_definition'], manifest.objective_definition ?? ''],
    [['metric', 'label'], manifest.metric.label ?? ''],
    [['metric', 'definition'], manifest.metric.definition ?? ''],
    ...manifest.submission.columns.map(
      ({ description }, index) => [['submission', 'columns', index, 'description'], description] as const,
    ),
  ];
  for (const [entry, value] of texts) {
    const [left] = value.match(PLACEHOLDER) ?? [];
    if (left === undefined) continue;
    const range = await context.files.manifestEntry(...entry);
    const message = `${entry.join('.')} still holds the placeholder "${left}".`;
    found.push(findingOf(checks.placeholders, { message, file: layout.manifest, range, evidence: { text: left } }));
  }
  return found;
}

/** REV007: words about how the answers were made and where they are. */
export function preparation(document: MarkdownText): Finding[] {
  return PREPARATION.flatMap(([pattern, what]) =>
    [...document.text.matchAll(pattern)].slice(0, MAX_FOUND).map((match) =>
      findingOf(checks.preparation, {
        message: `The description tells ${what}: "${match[0]}".`,
        file: layout.description,
        range: document.at(match.index, match[0].length),
        evidence: { text: match[0] },
      }),
    ),
  );
}

/** REV014: too short, without headings, or with columns that are not explained. */
export function readability(document: MarkdownText): Finding[] {
  const { prose, tables } = document;
  const words = prose.replace(/^\s*\|.*$/gm, '').match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
  const headings = prose.match(/^#{1,6} \S/gm)?.length ?? 0;
  const report = (message: string, evidence: Finding['evidence'], range = document.at(0, 0)) =>
    findingOf(checks.readable, { message, file: layout.description, evidence, range });
  const found: Finding[] = [];
  if (words < FEW_WORDS) found.push(report(`The description has ${words} words of prose.`, { words }));
  if (words > LONG_WORDS && headings < 2)
    found.push(report(`The description has ${words} words and ${headings} headings.`, { words, headings }));
  for (const table of tables) {
    const meaning = table.header.cells.findIndex((cell) =>
      /^(meaning|description|what|explanation)$/i.test(cellText(cell)),
    );
    if (meaning < 0) continue;
    const empty = table.rows.filter((row) => /^[-–—?.]?$/.test(cellText(row.cells[meaning] ?? '')));
    const [first] = empty;
    if (first === undefined) continue;
    const names = empty.map((row) => cellText(row.cells[0] ?? ''));
    const message = `${empty.length} rows of the table have no meaning: ${names.slice(0, MAX_FOUND).join(', ')}.`;
    found.push(report(message, { names }, document.at(first.offset, first.text.length)));
  }
  return found;
}
