// Which repairs a finding has. `mle-forge fix` and the editor's quick fixes read the same table.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import {
  copyDescription,
  followRegistry,
  matchHashes,
  recordDifficulty,
  renameTask,
  restampHash,
  turnDirection,
} from './manifest-repairs.ts';
import { castScore, copyInputs, defineError } from './metric-conduct.ts';
import { alignById, refuseAll, refuseColumns, refuseIds, refuseValues } from './metric-guards.ts';
import type { Repair, RepairRule, RepairSource } from './repair.ts';
import { seedIt } from './seeds.ts';

const rules: Readonly<Record<string, RepairRule>> = {
  STR003: renameTask,
  STR006: defineError,
  STR010: seedIt,
  STR013: matchHashes,
  STR014: restampHash,
  STR020: followRegistry,
  STR021: copyDescription,
  MET003: alignById,
  MET004: refuseIds,
  MET005: refuseColumns,
  MET006: refuseValues,
  MET007: refuseValues,
  MET008: refuseAll,
  MET010: turnDirection,
  MET013: copyInputs,
  MET014: castScore,
  EXE008: recordDifficulty,
};

/** The repair of a finding; null when none fits. Pure: nothing is written. */
export function repairFor(finding: Finding, source: RepairSource): Repair | null {
  return rules[finding.code]?.(finding, source) ?? null;
}

/** Files whose text a repair of this finding may want. */
export function filesFor(finding: Finding): string[] {
  const source = /\.(py|md|json)$/.test(finding.file) ? [finding.file] : [];
  return [...new Set([...source, layout.manifest, layout.metric, layout.description, layout.publicDescription])];
}
