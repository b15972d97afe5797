// The stages of a run as a person watches them: one live line on a terminal, one line per ended stage elsewhere.
import type { ForgeEvent } from '../forge/events.ts';
import { stageWords } from '../forge/stage-words.ts';
import { duration, plain, type Terminal } from './terminal.ts';

/** Shows an event on stderr. */
export function showProgress(event: ForgeEvent, terminal: Terminal): void {
  const line = lineOf(event, terminal);
  if (event.type === 'stage-started') {
    const where = event.task === null ? '' : `${event.task}: `;
    terminal.status(`${where}${stageWords[event.stage]} ...`.slice(0, terminal.columns - 1));
  }
  if (line === null) return;
  terminal.status('');
  terminal.remark(line);
}

function lineOf(event: ForgeEvent, terminal: Terminal): string | null {
  switch (event.type) {
    case 'run-started':
      return `run ${event.run}${event.resumed ? ', continued' : ''}`;
    case 'formulations':
      return `${event.ids.length} candidates, ${event.dropped} ideas dropped`;
    case 'stage-ended': {
      const where = event.task === null ? 'dataset' : event.task;
      const state = event.errors > 0 ? terminal.style('red', `${event.errors} errors`) : event.reused ? 'known' : 'ok';
      return `${where}  ${event.stage}  ${state}  ${terminal.style('dim', duration(event.ms))}`;
    }
    case 'model-call': {
      const where = event.task ?? 'dataset';
      const tokens = event.usage.input + event.usage.output;
      const state = event.reused ? 'known' : event.outcome;
      return `${where}  ${event.agent}  answer ${event.step + 1}  ${state}  ${terminal.style('dim', `${tokens} tokens`)}`;
    }
    case 'tool-call':
      return `${event.task ?? 'dataset'}  ${event.agent}  ${event.tool}  ${event.ok ? 'ok' : 'refused'}  ${terminal.style('dim', plain(event.summary))}`;
    case 'repair':
      return `${event.task}  repair  ${plain(event.changes.join('; '))}`;
    case 'finding':
      if (event.finding.severity !== 'error') return null;
      return `${event.task}  ${event.finding.code}  ${plain(event.finding.message)}`;
    case 'accepted':
      return `${event.task}  ${terminal.style('green', 'accepted')}`;
    case 'rejected':
      return `${event.task}  ${terminal.style('red', 'rejected')}  ${event.code}: ${plain(event.reason)}`;
    case 'refused':
      return `refused  ${event.code}: ${plain(event.reason)}`;
    case 'note':
      return plain(event.message);
    case 'stage-started':
    case 'run-ended':
      return null;
  }
}
