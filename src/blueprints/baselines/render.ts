// Writes the four baselines of a task, from the sample submission to a strong quick model.

import type { Formulation } from '../formulation.ts';
import { forecastSimple, forecastStrong, isForecast } from './forecast.ts';
import { mediaSimple, mediaStrong } from './media.ts';
import { rankedSimple, rankedStrong } from './ranked.ts';
import { tabularSimple } from './tabular-simple.ts';
import { tabularStrong } from './tabular-strong.ts';
import { textSimple, textStrong } from './text.ts';
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
  if (view.shape.kind === 'ranked-list') return { simple: rankedSimple(view), strong: rankedStrong(view) };
  if (isForecast(view)) return { simple: forecastSimple(view), strong: forecastStrong(view) };
  if (view.image !== null || view.audio !== null) return { simple: mediaSimple(view), strong: mediaStrong(view) };
  const onlyTexts = view.texts.length > 0 && view.numbers.length + view.categories.length + view.dates.length === 0;
  if (onlyTexts) return { simple: textSimple(view), strong: textStrong(view) };
  return { simple: tabularSimple(view), strong: tabularStrong(view) };
}
