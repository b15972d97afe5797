// REV013: title, summary and description against the manifest.
import type { Finding, Range, Severity } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { metrics } from '../../task/metrics.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricText } from '../../task/task-metric.ts';
import { type CheckContext, findingOf } from '../check.ts';
import { cellText, type MarkdownText } from '../markdown-text.ts';
import { reviewCatalogue as checks } from './catalogue.ts';

interface Passage {
  readonly text: string;
  readonly file: string;
  readonly what: string;
  range(offset: number, length: number): Range;
}

const BETTER = {
  maximize: /\b(?:higher|larger|greater|bigger)(?: (?:scores?|values?))? (?:is|are) better\b|\bmaximi[sz]ed?\b/i,
  minimize: /\b(?:lower|smaller|fewer|less)(?: (?:scores?|values?))? (?:is|are) better\b|\bminimi[sz]ed?\b/i,
} as const;
const SCORED =
  /\b(?:scored|evaluated|judged|ranked|measured|graded) (?:by|with|on|using|in terms of) (?:the )?\**([^.;\n]{3,80})/gi;
const COUNTED = /\b(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten) (?:different |possible )?classes\b/gi;
const NUMBER_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** Share of common words below which a headline is about something else. */
const ALIKE = 0.2;

/** Every contradiction; the direction and the metric are errors, the rest warnings. */
export async function contradictions(
  context: CheckContext,
  manifest: TaskSpec,
  document: MarkdownText,
): Promise<Finding[]> {
  const entry = async (name: 'title' | 'summary'): Promise<Passage> => {
    const range = await context.files.manifestEntry(name);
    return { text: manifest[name], file: layout.manifest, what: `The ${name}`, range: () => range };
  };
  const description: Passage = {
    text: document.text,
    file: layout.description,
    what: 'The description',
    range: (offset, length) => document.at(offset, length),
  };
  const passages = [description, await entry('title'), await entry('summary')];
  return [
    ...passages.flatMap((passage) => [
      ...wrongDirection(manifest, passage),
      ...wrongMetric(manifest, passage),
      ...wrongCount(manifest, passage),
    ]),
    ...otherHeadline(manifest, document),
    ...otherTasks(manifest, document),
  ];
}

function found(
  passage: Passage,
  match: { index: number; length: number },
  message: string,
  evidence: Finding['evidence'],
  severity: Severity,
): Finding[] {
  const range = passage.range(match.index, match.length);
  return [findingOf(checks.contradiction, { message, file: passage.file, range, evidence, severity })];
}

function wrongDirection({ metric: { direction } }: TaskSpec, passage: Passage): Finding[] {
  const opposite = direction === 'maximize' ? 'minimize' : 'maximize';
  const match = BETTER[opposite].exec(passage.text);
  // A text may explain both directions; only one that never gives the right one is wrong.
  if (match === null || BETTER[direction].test(passage.text)) return [];
  const message = `${passage.what} says "${match[0]}"; the manifest says ${direction}.`;
  const place = { index: match.index, length: match[0].length };
  return found(passage, place, message, { text: match[0], direction }, 'error');
}

function wrongMetric({ metric }: TaskSpec, passage: Passage): Finding[] {
  const { label: right, summary, authored } = metricText(metric);
  // The definition of a metric of the task itself may rest on one of the registry.
  const own = authored ? `${right} ${summary}`.toLowerCase() : '';
  return [...passage.text.matchAll(SCORED)].flatMap((match) => {
    const said = (match[1] ?? '').toLowerCase();
    const named = Object.entries(metrics)
      .flatMap(([name, { label }]) => [name, label].map((spelt) => ({ name, spelt: spelt.toLowerCase() })))
      .filter(({ spelt }) => new RegExp(`(?<![\\w-])${escaped(spelt)}(?![\\w-])`).test(said))
      .sort((a, b) => b.spelt.length - a.spelt.length);
    const [longest] = named;
    if (longest === undefined || named.some(({ name }) => name === metric.name)) return [];
    if (authored && (said.includes(right.toLowerCase()) || own.includes(longest.spelt))) return [];
    const message = `${passage.what} says "${match[0].trim()}"; the manifest's metric is ${right}.`;
    const place = { index: match.index, length: match[0].length };
    return found(passage, place, message, { said: longest.name, metric: metric.name }, 'error');
  });
}

function wrongCount({ objective, submission }: TaskSpec, passage: Passage): Finding[] {
  if (!objective.endsWith('classification')) return [];
  const listed = submission.columns.flatMap(({ dtype, allowed }) =>
    dtype === 'label' && allowed ? [allowed.length] : [],
  );
  const perClass = submission.columns.filter(({ of }) => of.class !== null).length;
  const [count] = listed.length === 1 ? listed : perClass >= 2 ? [perClass] : perClass === 1 ? [2] : [];
  if (count === undefined) return [];
  return [...passage.text.matchAll(COUNTED)].flatMap((match) => {
    const word = (match[1] ?? '').toLowerCase();
    const said = NUMBER_WORDS.includes(word) ? NUMBER_WORDS.indexOf(word) : Number(word);
    if (said === count) return [];
    const message = `${passage.what} speaks of ${match[0]}; a submission chooses among ${count}.`;
    const place = { index: match.index, length: match[0].length };
    return found(passage, place, message, { said, classes: count }, 'warning');
  });
}

function otherHeadline({ title }: TaskSpec, document: MarkdownText): Finding[] {
  const match = /^# +(.+)$/m.exec(document.text);
  const headline = match?.[1] === undefined ? null : cellText(match[1]);
  if (match === null || headline === null) return [];
  const [left, right] = [wordsOf(headline), wordsOf(title)];
  const common = [...left].filter((word) => right.has(word)).length;
  if (left.size === 0 || right.size === 0 || common / Math.min(left.size, right.size) >= ALIKE) return [];
  const message = `The headline "${headline}" and the title "${title}" have hardly a word in common.`;
  const range = document.at(match.index, match[0].length);
  const evidence = { headline, title };
  return [findingOf(checks.contradiction, { message, file: layout.description, range, evidence, severity: 'warning' })];
}

/** Ids of other tasks on the same data: a text that was copied from its sibling. */
function otherTasks({ id, dataset }: TaskSpec, document: MarkdownText): Finding[] {
  const family = `${id.split('-').slice(0, 2).join('-')}-`;
  const own = dataset.name.toLowerCase().replaceAll('_', '-');
  const places = new Map<string, number>();
  for (const match of document.text.matchAll(/(?<![\w/-])[a-z0-9]+(?:-[a-z0-9]+){2,10}(?![\w/-])/g))
    if (!places.has(match[0])) places.set(match[0], match.index);
  return [...places].flatMap(([name, offset]) => {
    if (name === id || !name.startsWith(family) || own.startsWith(name)) return [];
    const message = `The description speaks of "${name}", which looks like the id of another task.`;
    const range = document.at(offset, name.length);
    return [
      findingOf(checks.contradiction, {
        message,
        file: layout.description,
        range,
        evidence: { id: name },
        severity: 'warning',
      }),
    ];
  });
}

/** Words of four letters and more: shorter ones are mostly grammar. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
