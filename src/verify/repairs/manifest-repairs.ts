// Repairs of task.json and of the copies that must agree with it.
import { layout } from '../../task/layout.ts';
import { taskIdSchema } from '../../task/spec.ts';
import { registeredMetric } from '../../task/task-metric.ts';
import { rangeOf } from '../package/text-places.ts';
import { addItem, removeEntry, setEntry } from './json-edit.ts';
import { type RepairRule, type RepairSource, repairOf } from './repair.ts';

const manifestText = (source: RepairSource): string => source.text(layout.manifest) ?? '';

/** STR003: the folder is what the user sees; the id follows it. */
export const renameTask: RepairRule = (finding, source) => {
  const id = taskIdSchema.safeParse(finding.evidence['folder']);
  if (!id.success) return null;
  return repairOf(`Name the task "${id.data}" as its folder`, false, layout.manifest, [
    setEntry(manifestText(source), ['id'], id.data),
  ]);
};

/** STR014: takes the file as it is now. */
export const restampHash: RepairRule = (finding, source) => {
  const hash = source.hash(finding.file);
  if (hash === null) return null;
  return repairOf(`Record ${finding.file} as it is now in task.json`, true, layout.manifest, [
    setEntry(manifestText(source), ['hashes', finding.file], hash),
  ]);
};

/** STR013: an entry without its file goes, a file without its entry gets one. */
export const matchHashes: RepairRule = (finding, source) => {
  const file = String(finding.evidence['file']);
  if (finding.file === layout.manifest) {
    return repairOf(`Remove the entry of ${file}`, true, layout.manifest, [
      removeEntry(manifestText(source), ['hashes', file]),
    ]);
  }
  const hash = source.hash(file);
  if (hash === null) return null;
  return repairOf(`Declare ${file} in task.json`, false, layout.manifest, [
    setEntry(manifestText(source), ['hashes', file], hash),
  ]);
};

/** STR020: what the registry says of the metric. */
export const followRegistry: RepairRule = (finding, source) => {
  const field = /^metric\.(direction|best|worst) is /.exec(finding.message)?.[1];
  const expected = finding.evidence['expected'];
  if (field === undefined || expected === undefined) return null;
  return repairOf(`Set metric.${field} to ${JSON.stringify(expected)}`, true, layout.manifest, [
    setEntry(manifestText(source), ['metric', field], expected),
  ]);
};

/** MET010, when the manifest turns the metric round; a formula that runs backwards is not a matter of the manifest. */
export const turnDirection: RepairRule = (finding, source) => {
  const metric = source.manifest?.metric;
  if (metric === undefined || !finding.message.includes('improves as predictions are spoilt')) return null;
  const direction = registeredMetric(metric)?.direction;
  // Of a metric that the task defines itself nobody can say which of the two is wrong.
  if (direction === undefined || direction === metric.direction) return null;
  return repairOf(`Set metric.direction to "${direction}"`, true, layout.manifest, [
    setEntry(manifestText(source), ['metric', 'direction'], direction),
  ]);
};

/** EXE008: what the baseline scores. */
export const recordDifficulty: RepairRule = (finding, source) => {
  const entry = /for (trivial|simple|strong);/.exec(finding.message)?.[1];
  const { measured } = finding.evidence;
  if (entry === undefined || typeof measured !== 'number') return null;
  return repairOf(`Set difficulty.${entry} to what was measured`, true, layout.manifest, [
    setEntry(manifestText(source), ['difficulty', entry], measured),
  ]);
};

/** STR021: competitors read what the host wrote. */
export const copyDescription: RepairRule = (_finding, source) => {
  const text = source.text(layout.description);
  const copy = source.text(layout.publicDescription);
  if (text === null || copy === null) return null;
  const edit = { range: rangeOf(copy, 0, copy.length), newText: text };
  return repairOf(`Copy ${layout.description} over it`, true, layout.publicDescription, [edit]);
};

/** A suppression with its reason, for findings of this code in this file. */
export function suppression(
  manifest: string,
  entry: { readonly code: string; readonly file: string; readonly reason: string },
): ReturnType<typeof addItem> {
  return addItem(manifest, ['suppressions'], entry) ?? setEntry(manifest, ['suppressions'], [entry]);
}
