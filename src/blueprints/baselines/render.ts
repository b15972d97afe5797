// Writes the four baselines of a task, from the sample submission to a strong quick model.

import type { Formulation } from '../formulation.ts';
import { tabularSimple, tabularStrong } from './tabular.ts';
import { constantBaseline, sampleBaseline } from './trivial.ts';
import { type BaselineView, baselineView } from './view.ts';

interface Ladder {
  readonly simple: string;
  readonly strong: string;
}

/** Text of the baselines by path within the package. Throws ForgeError METRIC_UNFIT like renderMetric. */
export function renderBaselines(formulation: Formulation): Record<string, string> {
  const view = baselineView(formulation);
  const { simple, strong } = ladder(view);
  return {
    'baselines/sample.py': sampleBaseline(),
    'baselines/constant.py': constantBaseline(view),
    'baselines/simple.py': simple,
    'baselines/strong.py': strong,
  };
}

function ladder(view: BaselineView): Ladder {
  return { simple: tabularSimple(view), strong: tabularStrong(view) };
}
