// The ledger and the calls of a run, as a table for people and a document for programs.
import { billDocument, billOf } from '../forge/bill.ts';
import type { ForgeEvent } from '../forge/events.ts';
import { type LedgerRow, ledgerOf } from '../forge/ledger.ts';
import { billBy, moneyText, sumBill } from '../models/bill.ts';
import { exit } from './command.ts';
import { costText } from './cost-text.ts';
import { aligned, duration, plain, type Terminal } from './terminal.ts';

const head = ['stage', 'tried', 'failed', 'repaired', 'lost', 'time', 'models', 'codes'];
const numbers = [1, 2, 3, 4, 5];

/** `show --ledger`. */
export function tellLedger(run: string, events: readonly ForgeEvent[], terminal: Terminal): number {
  const rows = ledgerOf(events);
  terminal.document({ run, ledger: rows.map(({ ms, ...row }) => ({ ...row, seconds: Math.round(ms) / 1000 })) });
  terminal.say(`run ${run}`);
  for (const line of aligned([head, ...rows.map(cells)], numbers)) terminal.say(`  ${line}`);
  return exit.good;
}

function cells({ stage, tried, failed, repaired, lost, ms, models, codes }: LedgerRow): string[] {
  const bills = Object.entries(models).map(([model, cost]) => `${plain(model)}: ${costText(cost)}`);
  const counts = Object.entries(codes).map(([code, times]) => (times === 1 ? code : `${code} x${times}`));
  const figures = [tried, failed, repaired, lost].map(String);
  return [stage, ...figures, duration(ms), bills.join('; ') || '-', counts.join(' ') || '-'];
}

/** `show --bill`. */
export function tellBill(run: string, events: readonly ForgeEvent[], terminal: Terminal): number {
  const entries = billOf(events);
  terminal.document({ run, bill: billDocument(entries) });
  const total = sumBill(entries);
  terminal.say(`run ${run}: ${moneyText(total)}, ${total.calls} calls, ${duration(total.ms)}`);
  const rows = (['agent', 'stage', 'task', 'model'] as const).flatMap((dimension) =>
    billBy(entries, dimension).map(({ name, sum }) => [
      dimension,
      plain(name ?? 'dataset'),
      `${sum.calls} calls`,
      `${sum.input} + ${sum.output} tokens`,
      moneyText(sum),
      duration(sum.ms),
    ]),
  );
  for (const line of aligned(rows, [2, 3, 5])) terminal.say(`  ${line}`);
  return exit.good;
}

/** `show --calls`. */
export function tellCalls(run: string, events: readonly ForgeEvent[], terminal: Terminal): number {
  const calls = events.filter((event) => event.type === 'model-call' || event.type === 'tool-call');
  terminal.document({ run, calls });
  terminal.say(`run ${run}: ${calls.length} calls`);
  const rows = calls.map((call) => {
    const what = call.type === 'model-call' ? plain(call.model) : call.tool;
    const state = call.type === 'tool-call' ? (call.ok ? 'ok' : 'refused') : call.reused ? 'known' : call.outcome;
    const tokens =
      call.type === 'model-call' ? `${call.usage.input} + ${call.usage.output} tokens` : plain(call.summary);
    return [call.task ?? 'dataset', call.agent, `${call.step + 1}`, what, state, duration(call.ms), tokens];
  });
  for (const line of aligned(rows, [2, 5])) terminal.say(`  ${line}`);
  return exit.good;
}
