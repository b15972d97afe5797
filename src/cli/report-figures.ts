// The figures of an HTML report: measured in the sandbox, drawn without a browser.
import { runOf, stagesOf } from '../forge/timeline.ts';
import type { TaskSpec } from '../task/spec.ts';
import type { Memory } from '../verify/cache/memory.ts';
import { timelineFigure } from '../verify/figures/score-figures.ts';
import { dataFigures } from '../verify/report/data-figures.ts';
import { figuresHtml } from '../verify/report/figures-html.ts';
import type { Services } from './command.ts';

/** The figures about the data and the run of a package as HTML. What cannot be measured is logged and left out. */
export async function reportFigures(
  folder: string,
  spec: TaskSpec,
  memory: Memory,
  { runtime, log, signal }: Services,
): Promise<string> {
  const figures = await dataFigures(folder, { runtime: await runtime(), memory, log, signal });
  const run = await runOf(folder);
  const cost = run?.header.engine === 'builtin' ? 'no model was used' : 'cost not recorded';
  const timeline = run === null ? null : timelineFigure(stagesOf(run, spec.id), cost);
  return figuresHtml(timeline === null ? figures : [...figures, timeline]);
}
