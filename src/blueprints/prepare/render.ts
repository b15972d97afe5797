// prepare.py of a formulation.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { Formulation } from '../formulation.ts';
import { cleaning } from './cleaning.ts';
import { mediaCopy } from './media-copy.ts';
import { mediaRows } from './media-rows.ts';
import { renderProgram } from './program.ts';
import { splitting } from './splitting.ts';
import { tableRows } from './table-rows.ts';
import { writing } from './writing.ts';

const doc = `Builds the data of this task from the raw dataset.

Usage: python prepare.py RAW_FOLDER PUBLIC_FOLDER PRIVATE_FOLDER
`;

/** A stand-alone prepare.py; equal formulations and profiles give equal text. */
export function renderPrepare(formulation: Formulation, profile: DatasetProfile): string {
  const { source } = formulation;
  const chosen = splitting(formulation);
  const rows =
    source.kind === 'table' ? tableRows(formulation, source, profile) : mediaRows(formulation, source, profile);
  const copy = source.kind === 'media' && source.media !== 'text' ? [mediaCopy(source)] : [];
  const end = writing(formulation, chosen);
  const [prepare = '', ...others] = end.functions ?? [];
  return renderProgram(doc, [
    { constants: end.constants ?? [], functions: [prepare] },
    ...rows,
    cleaning(formulation, profile),
    chosen,
    { functions: others },
    ...copy,
  ]);
}
