// ```python: a script that looks at the raw dataset and prints what it finds.
import { z } from 'zod';
import { quoted, quotedLength } from '../loop/quoted.ts';
import { blockTool, refused, said, type Tool } from '../loop/tool.ts';
import { type DatasetDesk, fileName } from './dataset-desk.ts';
import { ownCodeSeconds, runOwnCode } from './own-code.ts';
import { withheld } from './shared-rows.ts';

export function pythonTool(on: DatasetDesk): Tool {
  return blockTool({
    name: 'python',
    description:
      'A fenced block that starts with ```python runs its text as a script. RAW is the folder of the raw dataset (a pathlib.Path, read only; also where the dataset is one file); the current folder is empty and thrown away. ' +
      `numpy, pandas, scikit-learn, pyarrow, Pillow and soundfile are there; there is no network. Print what you want to know: the output comes back, cut to ${quotedLength} characters. ` +
      `At most ${ownCodeSeconds} seconds and 2 GB. Nothing is kept from one script to the next. Use it for what concerns all rows or several tables; print figures, not rows.`,
    remembered: true,
    run: async (_argument, code, signal) => {
      if (on.sharedRows === 'none') return withheld('What a script prints');
      if (code.trim() === '') return refused('The block is empty. Write a script that prints what you want to know.');
      const args = { rawName: await fileName(on.dataset) };
      const job = { name: 'execute.scratch', args, result: z.strictObject({}), dataset: on.dataset, code } as const;
      const ran = await runOwnCode(on.runtime, job, signal);
      const output =
        ran.printed.trim() === '' ? 'It printed nothing.' : quoted('output of the script', ran.printed.trimEnd());
      if (ran.kind === 'done') return said(output, 'ran a script');
      const { type, message, line } = ran.failure;
      const place = line === null ? '' : ` in line ${line}`;
      const reason = quoted('the error', type === null ? message : `${type}: ${message}`);
      return refused(`The script failed${place}.\n${reason}\n${output}`);
    },
  });
}
