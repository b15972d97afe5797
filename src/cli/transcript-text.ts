// The exchanges of a run for people: who asked what, what was answered, what it took.

import { type TranscriptEntry, transcript } from '../forge/transcript.ts';
import type { ChatMessage } from '../models/port.ts';
import { exit } from './command.ts';
import { duration, plain, type Terminal } from './terminal.ts';

/** `show --transcript`. Texts are shown whole; what a terminal would act on is escaped. */
export async function tellTranscript(out: string, run: string, terminal: Terminal): Promise<number> {
  const entries: TranscriptEntry[] = [];
  for await (const entry of transcript(out, run)) entries.push(entry);
  terminal.document({ run, exchanges: entries });
  for (const { call, sent, reply } of entries) {
    const { usage, usd, ms, agent, task, step, model } = call;
    const money = usd === null ? 'price unknown' : `$${usd.toFixed(4)}`;
    const head = `${task ?? 'dataset'}  ${agent}  answer ${step + 1}  ${plain(model)}`;
    terminal.say(
      terminal.style('bold', `=== ${head}  ${usage.input} + ${usage.output} tokens, ${money}, ${duration(ms)}`),
    );
    for (const message of sent) terminal.say(`--- ${message.role}\n${lines(textOf(message))}`);
    terminal.say(`--- answer (${reply.outcome})\n${lines(reply.text)}`);
    for (const { name, arguments: json } of reply.toolCalls) terminal.say(`--- calls ${plain(name)} ${plain(json)}`);
    terminal.say();
  }
  return exit.good;
}

function textOf(message: ChatMessage): string {
  if (message.role !== 'user') return message.text;
  return message.parts.map((part) => (part.kind === 'text' ? part.text : `[a picture, ${part.mediaType}]`)).join('\n');
}

/** Line by line, since escaping takes line breaks for something to escape. */
function lines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}
