// STR017 and STR018: what the description must name, and what it must not.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricSpellings, metricText } from '../../task/task-metric.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, findingOf, skipped } from '../check.ts';
import { structureCatalogue as checks } from './catalogue.ts';

/** What competitors must not read about. `leaderboard.csv` is private, the word leaderboard is not. */
export const PRIVATE_NAMES = ['test_answer', 'data/private', 'private/', 'leaderboard.csv', 'prepare.py'];
const MAX_NAMES = 12;

/** The checks in this file, in order. */
export const descriptionChecks: readonly Check[] = [checks.described, checks.secrets];

/** Reads the description against the manifest and the file list. */
export async function checkDescription(context: CheckContext): Promise<CheckOutcome[]> {
  const text = await context.files.text(layout.description);
  if (text === null) return descriptionChecks.map((check) => skipped(check, 'description.md is missing'));
  const secrets = concluded(checks.secrets, await betrayed(context, text));
  if (context.manifest === null) return [skipped(checks.described, 'task.json does not follow the schema'), secrets];
  return [concluded(checks.described, await unsaid(context, context.manifest, plain(text))), secrets];
}

/** The text without the escapes that Markdown needs, so that names can be searched as they are. */
function plain(markdown: string): string {
  return markdown
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~$&])/g, '$1')
    .replace(/&(lt|gt|amp|#124|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', '#124': '|', quot: '"', '#39': "'" };

async function unsaid(context: CheckContext, manifest: TaskSpec, text: string): Promise<Finding[]> {
  const lower = text.toLowerCase();
  const publicFiles = (await context.files.list())
    .filter((file) => file.startsWith(`${layout.publicData}/`) && file !== layout.publicDescription)
    .map((file) => file.slice(layout.publicData.length + 1))
    // A folder of media is named as a folder, not file by file.
    .map((file) => (file.includes('/') ? `${file.split('/')[0]}/` : file));
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['the public file', [...new Set(publicFiles)].filter((name) => !text.includes(name))],
    [
      'the column',
      [manifest.submission.id_column, ...manifest.features.kept, ...manifest.target.columns].filter(
        (name) => !text.includes(name),
      ),
    ],
    ['the submission column', manifest.submission.columns.map((c) => c.name).filter((name) => !text.includes(name))],
    [
      'the metric',
      metricSpellings(manifest.metric).some((name) => lower.includes(name)) ? [] : [metricText(manifest.metric).label],
    ],
    [
      'the direction of the metric: ',
      /\b(higher|lower|larger|smaller|greater|maximi[sz]ed?|minimi[sz]ed?)\b/.test(lower)
        ? []
        : [manifest.metric.direction],
    ],
  ];
  return groups.flatMap(([what, missing]) => {
    if (missing.length === 0) return [];
    const shown = missing.slice(0, MAX_NAMES).map((name) => JSON.stringify(name));
    const more = missing.length > MAX_NAMES ? ` and ${missing.length - MAX_NAMES} more` : '';
    const message = `The description does not name ${what} ${shown.join(', ')}${more}.`.replace(':  ', ': ');
    return [findingOf(checks.described, { message, file: layout.description, evidence: { missing: [...missing] } })];
  });
}

async function betrayed(context: CheckContext, text: string): Promise<Finding[]> {
  const publicNames = new Set(
    (await context.files.list()).filter((f) => f.startsWith(layout.publicData)).map((f) => f.split('/').at(-1)),
  );
  const rawNames = (context.manifest?.dataset.files ?? [])
    .map((file) => file.split('/').at(-1) ?? '')
    .filter((name) => /\.\w+$/.test(name) && !publicNames.has(name));
  const names = [
    ...PRIVATE_NAMES.map((name) => ({ name, severity: 'error' as const })),
    ...rawNames.map((name) => ({ name, severity: 'warning' as const })),
  ];
  const found: Finding[] = [];
  for (const { name, severity } of names) {
    if (!text.includes(name)) continue;
    const range = await context.files.find(layout.description, name);
    const what = severity === 'error' ? 'competitors do not see' : 'is a file of the raw dataset';
    const message = `The description names "${name}", which ${what}.`;
    found.push(findingOf(checks.secrets, { message, file: layout.description, range, evidence: { name }, severity }));
  }
  return found;
}
