// The figures about a package's data as part of its HTML report.
import type { Figure } from '../figures/figure.ts';
import { type FiguresRequest, measureFigures } from '../figures/measured.ts';
import { profileFigures } from '../figures/profile-figures.ts';
import { figuresHtml } from './figures-html.ts';

/**
 * What is drawn of the data of a package; nothing, with the reason in the log, where that cannot be measured.
 * @throws ForgeError when cancelled, or when no usable Python environment exists.
 */
export async function dataFigures(folder: string, request: FiguresRequest): Promise<Figure[]> {
  const measured = await measureFigures(folder, request);
  if (typeof measured !== 'string') return profileFigures(measured);
  request.log.write('warn', `The report has no figures of the data: ${measured}`);
  return [];
}

/**
 * The same as HTML, for the page that is written into the package. The run is not drawn there: its times would make
 * equal packages differ.
 */
export async function drawnFigures(folder: string, request: FiguresRequest): Promise<string> {
  return figuresHtml(await dataFigures(folder, request));
}
