// Family PRE: the data that prepare.py built, and building it again.

import type { TaskSpec } from '../../task/spec.ts';
import type { CheckContext, CheckOutcome, FamilyChecks } from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { preparationCatalogue as checks } from './catalogue.ts';
import { probePreparation } from './probe.ts';
import { checkRebuild, rebuildChecks } from './rebuild.ts';
import { checkRows, rowChecks } from './rows.ts';
import { checkSpelling, checkValues, valueChecks } from './values.ts';

const dataChecks = [...rowChecks, ...valueChecks];

export const preparationFamily: FamilyChecks = {
  family: 'PRE',
  after: ['STR'],
  checks: [...rebuildChecks, ...dataChecks, checks.spelling],
  run: (context) => withManifest(preparationFamily.checks, context, (manifest) => inspect(context, manifest)),
};

async function* inspect(context: CheckContext, manifest: TaskSpec): AsyncIterable<CheckOutcome> {
  yield* guarded(rebuildChecks, context, () => checkRebuild(context, manifest));
  yield* guarded(dataChecks, context, async () => {
    const data = await probePreparation(context);
    return [...(await checkRows(context, manifest, data)), ...(await checkValues(context, manifest, data))];
  });
  yield* guarded([checks.spelling], context, () => checkSpelling(context));
}
