// The tools with which a model-driven agent looks at a dataset.
import type { Tool } from '../loop/tool.ts';
import { profileColumn } from './column-tool.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { derivationTool } from './derivation-tool.ts';
import { describeTable } from './describe-tool.ts';
import { hearAudio, readDocument, viewImage } from './file-tools.ts';
import { listFiles } from './inventory-tool.ts';
import { Proofs } from './proofs.ts';
import { pythonTool } from './python-tool.ts';
import { readRows } from './rows-tool.ts';
import { Allowance } from './shared-rows.ts';

/** `allowance` and `proofs` are the conversation's; a new one of each when none is given. */
export type DatasetToolOptions = Omit<DatasetDesk, 'allowance' | 'proofs'> &
  Partial<Pick<DatasetDesk, 'allowance' | 'proofs'>>;

/** Tools for one conversation: what it may still see, and what it has proven, belong to it. */
export function datasetTools(options: DatasetToolOptions): readonly Tool[] {
  const { allowance = new Allowance(options.sharedRows), proofs = new Proofs() } = options;
  const on: DatasetDesk = { ...options, allowance, proofs };
  const kinds = new Set(on.profile.media.map(({ kind }) => kind));
  return [
    listFiles(on),
    describeTable(on),
    profileColumn(on),
    readRows(on),
    readDocument(on),
    ...(kinds.has('image') ? [viewImage(on)] : []),
    ...(kinds.has('audio') ? [hearAudio(on)] : []),
    pythonTool(on),
    derivationTool(on),
  ];
}
