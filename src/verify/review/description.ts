// REV001 to REV004: files, metric, example and labels in the description.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricSpellings, metricText } from '../../task/task-metric.ts';
import { findingOf } from '../check.ts';
import { cellText, type Fence, type MarkdownText } from '../markdown-text.ts';
import { PRIVATE_NAMES } from '../structure/description.ts';
import { reviewCatalogue as checks } from './catalogue.ts';

const FILE =
  /[A-Za-z0-9_][\w./-]{0,120}\.(?:csv|tsv|jsonl?|parquet|txt|zip|xlsx?|sqlite|npy|npz|py|pkl|h5|feather)(?![\w/])/g;
/** Files that competitors write themselves, or that any task speaks of. */
const OWN_FILES = new Set(['submission.csv', 'submission.py', 'solution.py']);
const MAX_SHOWN = 8;
/** How far from the name of the metric its definition may stand: a paragraph. */
const NEAR = 600;
/** Words that a definition in words cannot do without. */
const DEFINING =
  /\b(mean of|average of|averaged? over|averages?|share of|fraction of|proportion of|percentage of|number of|area under|square root|squared|absolute|harmonic|correlation|divided by|ratio of|sum of|logarithm|chance that|agreement)\b/i;

/** REV001: files that the description names and competitors do not get. */
export function foreignFiles(manifest: TaskSpec, document: MarkdownText, files: readonly string[]): Finding[] {
  const { text } = document;
  const known = new Set<string>();
  for (const file of files.filter((name) => name.startsWith(`${layout.publicData}/`))) {
    const relative = file.slice(layout.publicData.length + 1);
    known
      .add(relative)
      .add(relative.split('/').at(-1) ?? relative)
      .add(file);
  }
  // A dataset of many files is named by its folder, "." for its root.
  const raw = manifest.dataset.files.map((file) => file.split('/').at(-1) ?? '').filter((name) => /\w/.test(name));
  const told = (name: string) => [...PRIVATE_NAMES, ...raw].some((other) => name.includes(other));
  const seen = new Set<string>();
  return [...text.matchAll(FILE)].flatMap((match) => {
    const [name] = match;
    // Part of a web address, or of a template such as media/<id>.csv.
    if (/(:\/\/|www\.)\S*$|[<{*]\S*$/.test(text.slice(Math.max(0, match.index - 200), match.index))) return [];
    const base = name.split('/').at(-1) ?? name;
    if (known.has(name) || OWN_FILES.has(base) || told(name) || seen.has(name)) return [];
    seen.add(name);
    const message = `The description names "${name}", which is no file in data/public.`;
    const range = document.at(match.index, name.length);
    return [findingOf(checks.files, { message, file: layout.description, range, evidence: { name } })];
  });
}

/** REV002: a name of the metric without a formula or a defining sentence near it. */
export function definition({ metric }: TaskSpec, document: MarkdownText): Finding[] {
  const { text } = document;
  const lower = text.toLowerCase();
  const names = metricSpellings(metric);
  const places = names.flatMap((name) => occurrences(lower, name).map((offset) => ({ offset, length: name.length })));
  const first = places[0];
  if (first === undefined) return []; // STR017 says that the metric is not named
  const defined = places.some(({ offset }) => {
    const near = text.slice(Math.max(0, offset - NEAR / 2), offset + NEAR);
    // "Root mean squared error" does not define RMSE: a name says nothing about another name.
    const words = names.reduce((rest, name) => rest.replaceAll(name, ''), near.toLowerCase());
    return /\$[^$\n]+\$|\\frac|[A-Za-z)\]]\s*=\s*[\d(A-Za-z\\]/.test(near) || DEFINING.test(words);
  });
  if (defined) return [];
  const message = `The description names ${metricText(metric).label} and does not say what it is.`;
  const range = document.at(first.offset, first.length);
  return [
    findingOf(checks.definition, { message, file: layout.description, range, evidence: { metric: metric.name } }),
  ];
}

function occurrences(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) found.push(at);
  return found;
}

/** REV003: no example, or one that would be refused. */
export function example({ submission }: TaskSpec, document: MarkdownText): Finding[] {
  const id = submission.id_column;
  const header = [id, ...submission.columns.map(({ name }) => name)];
  const examples = document.fences.filter(({ lines }) => {
    const cells = fieldsOf(lines[0]?.text ?? '');
    return cells[0] === id || (cells.length > 1 && submission.columns.some(({ name }) => cells.includes(name)));
  });
  const shown = document.tables.some((table) => sameSet(table.header.cells.map(cellText), header));
  if (examples.length === 0) {
    if (shown) return [];
    const message = `The description shows no example of a submission, a fenced block that starts with "${header.slice(0, MAX_SHOWN).join(',')}".`;
    return [findingOf(checks.example, { message, file: layout.description, evidence: { header } })];
  }
  return examples.flatMap((block) => faultsOf(block, header, submission, document));
}

function faultsOf(
  { lines }: Fence,
  header: readonly string[],
  submission: TaskSpec['submission'],
  document: MarkdownText,
): Finding[] {
  const [first, ...rows] = lines;
  if (first === undefined) return [];
  const cells = fieldsOf(first.text);
  const report = (message: string, line: { text: string; offset: number }, evidence: Finding['evidence']) => [
    findingOf(checks.example, {
      message,
      file: layout.description,
      range: document.at(line.offset, line.text.length),
      evidence,
    }),
  ];
  if (!sameSet(cells, header)) {
    const message = `The example has the columns ${cells.join(', ')}; a submission has ${header.slice(0, MAX_SHOWN).join(', ')}.`;
    return report(message, first, { example: cells, submission: [...header] });
  }
  for (const line of rows) {
    if (line.text.trim() === '' || /^\s*(\.{2,}|…|#)/.test(line.text)) continue;
    const values = fieldsOf(line.text);
    if (values.length !== cells.length) {
      return report(`A row of the example has ${values.length} fields, its header ${cells.length}.`, line, {
        row: line.text.slice(0, 200),
      });
    }
    for (const column of submission.columns) {
      const value = values[cells.indexOf(column.name)] ?? '';
      if (/^(\.{2,}|…)$/.test(value)) continue;
      const wrong =
        column.dtype === 'label' && column.allowed !== undefined
          ? !column.allowed.includes(value)
          : ['number', 'integer', 'probability'].includes(column.dtype) && !Number.isFinite(Number(value || 'x'));
      if (wrong)
        return report(`The example holds "${value}" for ${column.name}, which would be refused.`, line, { value });
    }
  }
  return [];
}

/** Fields of a CSV line; quotes around a field are taken off. */
function fieldsOf(line: string): string[] {
  const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  const values = fields.map((field) =>
    field
      .replace(/,$/, '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/""/g, '"'),
  );
  return line.endsWith(',') ? values : values.slice(0, values.length - (values.at(-1) === '' ? 1 : 0));
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && right.every((name) => left.includes(name));
}

/** REV004: allowed labels that the description does not list; null when no label is asked. */
export function unlistedLabels({ submission }: TaskSpec, { text }: MarkdownText): Finding[] | null {
  const columns = submission.columns.filter(({ dtype, allowed }) => dtype === 'label' && allowed !== undefined);
  if (columns.length === 0) return null;
  const readable = cellText(text);
  return columns.flatMap(({ name, allowed = [] }) => {
    const missing = allowed.filter((label) => !holdsWord(readable, label));
    if (missing.length === 0) return [];
    const shown = missing.slice(0, MAX_SHOWN).map((label) => `"${label}"`);
    const more = missing.length > MAX_SHOWN ? ` and ${missing.length - MAX_SHOWN} more` : '';
    const message = `The description does not list ${missing.length} of ${allowed.length} labels of ${name}: ${shown.join(', ')}${more}.`;
    const evidence = { column: name, missing: missing.slice(0, 50), labels: allowed.length };
    return [findingOf(checks.labels, { message, file: layout.description, evidence })];
  });
}

/** Whether a label stands in the text on its own, not as a part of a longer word or number. */
function holdsWord(text: string, label: string): boolean {
  const inner = /[\p{L}\p{N}_]/u;
  return occurrences(text, label).some(
    (at) =>
      !(inner.test(text[at - 1] ?? ' ') && inner.test(label[0] ?? ' ')) &&
      !(inner.test(text[at + label.length] ?? ' ') && inner.test(label.at(-1) ?? ' ')),
  );
}
