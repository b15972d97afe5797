// prepare.py of a formulation.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { Formulation } from '../formulation.ts';
import { cleaning } from './cleaning.ts';
import { mediaCopying, mediaRows } from './media-rows.ts';
import { renderProgram } from './program.ts';
import { splitting } from './splitting.ts';
import { tableRows } from './table-rows.ts';
import { docOf, writing } from './writing.ts';

/** A stand-alone prepare.py; equal formulations and profiles give equal text. */
export function renderPrepare(formulation: Formulation, profile: DatasetProfile): string {
  const { source } = formulation;
  const load =
    source.kind === 'table'
      ? tableRows(source, profile)
      : [...mediaRows(source, formulation), ...(source.media === 'text' ? [] : [mediaCopying(source)])];
  return renderProgram(docOf(formulation), [
    ...load,
    cleaning(formulation),
    splitting(formulation),
    writing(formulation),
  ]);
}
