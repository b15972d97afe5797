// The whole pipeline as text, with scripted agents: what a door sees, in the order in which it sees it.
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ForgeEvent } from '../../../src/forge/events.ts';
import { anError } from '../../support/drafts.ts';
import { assertGolden } from '../../support/golden.ts';
import { eventsOf, plainDesigner, type Script, scripted } from '../../support/scripted-forge.ts';
import { tempFolder } from '../../support/temp-folder.ts';

async function transcript(t: TestContext, script: Script): Promise<string> {
  const root = await tempFolder(t);
  const events = await eventsOf(await scripted(root, script));
  return events.map((event) => `${lineOf(event).replaceAll(root, 'ROOT')}\n`).join('');
}

/** One line per event; run ids are stabilised, since they hold the time. */
function lineOf(event: ForgeEvent): string {
  switch (event.type) {
    case 'run-started':
      return `run-started RUN dataset=${event.dataset} resumed=${event.resumed}`;
    case 'formulations':
      return `formulations ${event.ids.join(' ')} dropped=${event.dropped}`;
    case 'stage-started':
      return `> ${event.task ?? 'dataset'} ${event.stage} #${event.attempt}`;
    case 'stage-ended':
      return `< ${event.task ?? 'dataset'} ${event.stage} errors=${event.errors}${event.reused ? ' reused' : ''}`;
    case 'finding':
      return `  finding ${event.task} ${event.finding.severity} ${event.finding.code} ${event.finding.message}`;
    case 'repair':
      return `  repair ${event.task} #${event.attempt}: ${event.changes.join('; ')}`;
    case 'accepted':
      return `accepted ${event.task} ${event.path}`;
    case 'rejected':
      return `rejected ${event.task} at ${event.stage}: ${event.code} ${event.reason}`;
    case 'refused':
      return `refused ${event.code} ${event.reason}`;
    case 'note':
      return `note ${event.message}`;
    case 'model-call':
      return `  model-call ${event.task ?? 'dataset'} ${event.agent} ${event.outcome}`;
    case 'tool-call':
      return `  tool-call ${event.task ?? 'dataset'} ${event.agent} ${event.tool}`;
    case 'run-ended':
      return `run-ended ${event.outcome} accepted=${event.accepted} rejected=${event.rejected}`;
  }
}

const leak = anError('LEK004', 'Column a tells the target alone.', { column: 'a' });
const warning = { ...anError('STA002', 'The test part is small.'), severity: 'warning' as const };

const scripts: Readonly<Record<string, Script>> = {
  'two tasks pass every gate and the third is not needed': { formulations: ['first', 'second', 'third'] },
  'a leak is repaired and the task accepted with its warning': {
    formulations: ['first'],
    findings: { first: { LEK: [[leak], []], STA: [[], [warning]] } },
  },
  'what two repairs do not mend is rejected and the next formulation tried': {
    formulations: ['stubborn', 'good'],
    findings: { stubborn: { LEK: [[leak]] } },
  },
  'a formulation without another design is rejected at the gate that blamed it': {
    formulations: ['stubborn'],
    findings: { stubborn: { MET: [[anError('MET001', 'The answers do not score best.')]] } },
    designer: async (input, context) => {
      const code = input.findings[0]?.code;
      if (code === undefined) return plainDesigner(input, context);
      return { kind: 'infeasible', code, reason: 'No other design answers this.' };
    },
  },
  'a dataset without a task is refused': {
    formulations: [],
    refused: { code: 'NO_SIGNAL', reason: 'Nothing can be predicted.' },
  },
};

for (const [name, script] of Object.entries(scripts)) {
  test(name, async (t) => {
    assertGolden(
      path.join(import.meta.dirname, 'transcripts', `${name.replaceAll(' ', '-')}.txt`),
      await transcript(t, script),
    );
  });
}
