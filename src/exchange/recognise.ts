// Which layout a folder has, told by its content alone.
import path from 'node:path';
import { ForgeError } from '../task/errors.ts';
import type { ForeignTask } from '../task/foreign.ts';
import { layout } from '../task/layout.ts';
import { type Folder, openFolder } from './folder.ts';
import { mleBenchSigns, recogniseMleBench } from './mle-bench.ts';
import { mleDojoSigns, recogniseMleDojo } from './mle-dojo.ts';
import { plainSigns, recognisePlain } from './plain-folder.ts';

export type Recognition = { readonly kind: 'package' } | { readonly kind: 'foreign'; readonly task: ForeignTask };

const packageSigns = 'a package of MLE Forge: task.json';

/**
 * What `folder` holds. A package wins over everything; a plain folder is what no suite claims. `data` is a folder with the
 * prepared or raw data of a task whose code lies elsewhere.
 * @throws ForgeError TASK_UNKNOWN when nothing fits, several suites fit, or what fits cannot be read.
 */
export async function recognise(folder: string, data: string | null = null): Promise<Recognition> {
  const opened = await openFolder(path.resolve(folder));
  if (isPackage(opened)) return { kind: 'package' };
  const suites = [await recogniseMleBench(opened, data), await recogniseMleDojo(opened, data)];
  const claims = suites.filter((claim) => claim !== null);
  if (claims.length > 1) throw unknown(folder, 'has the signs of both mle-bench and MLE-Dojo');
  const claim = claims[0] ?? (await recognisePlain(opened));
  if (claim === null) throw unknown(folder, 'is no task that can be recognised');
  if ('problem' in claim) throw unknown(folder, `cannot be verified. ${claim.problem}`);
  return { kind: 'foreign', task: claim.task };
}

/** A package that lost its manifest is still one, and its structure checks say what is missing. */
function isPackage({ files }: Folder): boolean {
  if (files.includes(layout.manifest)) return true;
  return (
    files.includes(layout.prepare) && files.includes(layout.metric) && files.some((f) => f.startsWith('baselines/'))
  );
}

function unknown(folder: string, what: string): ForgeError {
  const looked = [packageSigns, mleBenchSigns, mleDojoSigns, plainSigns].join('; ');
  return new ForgeError('TASK_UNKNOWN', `${folder} ${what}.`, `Looked for: ${looked}.`);
}
