// Family SEC: what could harm whoever runs, reads or opens the package.
import type { Finding } from '../../task/findings.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, type FamilyChecks, findingOf } from '../check.ts';
import { guarded } from '../engine.ts';
import { pythonRange } from '../structure/probe.ts';
import { safetyCatalogue as checks } from './catalogue.ts';
import { judgeCode, type SafetyFault } from './code.ts';
import { type OddEntry, probeSafety, type Safety } from './probe.ts';
import { judgeTexts } from './texts.ts';

const all: readonly Check[] = Object.values(checks);

/** A package can have one odd thing many times; the first ones show what it is. */
const MAX_PER_CHECK = 40;

export const safetyFamily: FamilyChecks = {
  family: 'SEC',
  checks: all,
  async *run(context) {
    yield* guarded(all, context, () => judgeSafety(context));
  },
};

async function judgeSafety(context: CheckContext): Promise<CheckOutcome[]> {
  const safety = await probeSafety(context);
  const faults = [...judgeCode(safety), ...judgeTexts(safety), ...judgeFiles(safety)];
  return Promise.all(
    all.map(async (check) => {
      const found = faults.filter((fault) => fault.check === check).slice(0, MAX_PER_CHECK);
      return concluded(check, await Promise.all(found.map((fault) => placed(context, fault))));
    }),
  );
}

/** SEC015, SEC017 and SEC018: files by what they are. */
function judgeFiles({ files }: Safety): SafetyFault[] {
  return files.map((entry) => {
    const { file, what, kind } = entry;
    const message = ['archive', 'program', 'pickle'].includes(kind) ? `${file} is ${what}.` : `${file} ${what}.`;
    const severity = kind === 'archive' ? { severity: 'warning' as const } : {};
    return { check: checkOfEntry(entry), file, message, place: null, evidence: { kind, what }, ...severity };
  });
}

function checkOfEntry({ kind }: OddEntry): Check {
  if (kind === 'self-running') return checks.selfRunning;
  return kind === 'executable' || kind === 'name' ? checks.names : checks.payloads;
}

async function placed(context: CheckContext, fault: SafetyFault): Promise<Finding> {
  const { check, file, message, place, evidence, severity } = fault;
  const range = place === null ? undefined : await pythonRange(context.files, file, place);
  const more = { ...(range ? { range } : {}), ...(severity ? { severity } : {}) };
  return findingOf(check, { message, file, evidence, ...more });
}
