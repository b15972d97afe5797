// What a Designer can have done to its draft: built, checked, climbed, handed over, given up.
import { z } from 'zod';
import { callTool, refused, said, type Tool } from '../../loop/tool.ts';
import { shownNumber } from '../../tools/names.ts';
import { findingsText, ownFindings } from './findings-text.ts';
import { isError, type Workpiece } from './workpiece.ts';

export type Handover =
  | { readonly kind: 'finished'; readonly changes: readonly string[] }
  | { readonly kind: 'given-up'; readonly reason: string };

const nothing = z.strictObject({});
const unbuilt = 'The files were changed since the last good build: build first.';

/** The tools; `hand` is told once when the agent ends its work. */
export function benchTools(piece: Workpiece, hand: (over: Handover) => void): readonly Tool[] {
  return [buildTool(piece), checkTool(piece), climbTool(piece), finishTool(piece, hand), giveUpTool(hand)];
}

function buildTool(piece: Workpiece): Tool {
  return callTool({
    name: 'build',
    description: 'Validates task.json and runs prepare.py on the raw data. Takes seconds.',
    args: nothing,
    remembered: false,
    run: async () => {
      const built = await piece.build();
      return built.ok ? said('Built: prepare.py ran and wrote the data.') : refused(built.problem);
    },
  });
}

function checkTool(piece: Workpiece): Tool {
  return callTool({
    name: 'check',
    description:
      'Measures structure, preparation, leaks, the grader and the texts of the draft as it was built. Takes about ten seconds.',
    args: nothing,
    remembered: false,
    run: async () => {
      if (piece.draft === null) return refused(unbuilt);
      const findings = ownFindings(await piece.check());
      const errors = findings.filter(isError).length;
      if (findings.length === 0) return said('Nothing was found.');
      const text = `${errors} errors, ${findings.length - errors} other findings.\n${findingsText(findings)}`;
      return errors === 0 ? said(text) : refused(text);
    },
  });
}

function climbTool(piece: Workpiece): Tool {
  return callTool({
    name: 'climb',
    description:
      'Runs the four baselines and scores them with intervals; lets cheating solvers try the task. Takes up to a minute.',
    args: nothing,
    remembered: false,
    run: async () => {
      if (piece.draft === null) return refused(unbuilt);
      const { ladder, findings } = await piece.climb();
      const rungs = ladder.map(({ name, score, ci95 }) => {
        const [low, high] = ci95.map(shownNumber);
        return `${name} ${shownNumber(score)} (95 % interval ${low} to ${high})`;
      });
      const own = ownFindings(findings);
      const text = [`Scores: ${rungs.join('; ') || 'none'}.`, findingsText(own)].join('\n');
      return own.some(isError) ? refused(text) : said(text);
    },
  });
}

function finishTool(piece: Workpiece, hand: (over: Handover) => void): Tool {
  return callTool({
    name: 'finish',
    description: 'Hands the package over. Only after a good build, check and climb of these very files.',
    args: z.strictObject({
      changes: z.array(z.string()).describe('What you did, one sentence each; on a repair, what you changed.'),
    }),
    remembered: false,
    run: async ({ changes }) => {
      const open = piece.unfinished();
      if (open !== null) return refused(open);
      hand({ kind: 'finished', changes });
      return said('Handed over.');
    },
  });
}

function giveUpTool(hand: (over: Handover) => void): Tool {
  return callTool({
    name: 'give_up',
    description: 'Ends the work without a task: the data do not carry it. Say what you found.',
    args: z.strictObject({ reason: z.string() }),
    remembered: false,
    run: async ({ reason }) => {
      hand({ kind: 'given-up', reason });
      return said('Given up.');
    },
  });
}
