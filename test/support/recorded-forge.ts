// A run of a strong model, kept as a cassette. The answers are what was paid for; when a prompt or a tool changes, they are
// given again in their order by a small server, and the cassette holds what the model reads now.
import { writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { ChatReply } from '../../src/models/port.ts';
import { cassetteLine, readCassette } from '../../src/models/replay/cassette.ts';
import { wireExchange, wireLine } from '../../src/models/replay/wire-line.ts';
import { mleForge } from './command-line.ts';
import { type Behaviour, completion, delta, faultServer, stream, usageChunk } from './fault-server.ts';

/** Forges with the cassette's answers behind a server, and writes the cassette anew. */
export async function recordAnew(t: TestContext, cassette: string, args: readonly string[]): Promise<void> {
  const replies = (await readCassette(cassette)).map(({ reply }) => reply);
  const server = await faultServer(t, replies.map(answer));
  await mleForge([...args, '--model', 'local:recorded', '--base-url', server.url]);
  const lines = server.bodies.map((body, index) => {
    const reply = replies[Math.min(index, replies.length - 1)] as ChatReply;
    const response = JSON.parse(completion(message(reply), finish(reply), usage(reply)));
    return `${cassetteLine(wireExchange(wireLine.parse({ request: body, response })))}\n`;
  });
  writeFileSync(cassette, lines.join(''));
}

/** A recorded answer as a server streams it. */
export function answer(reply: ChatReply): Behaviour {
  const { tool_calls: calls, content } = message(reply);
  return stream(
    delta({ role: 'assistant', content }),
    delta(calls === undefined ? {} : { tool_calls: calls.map((call, index) => ({ index, ...call })) }, finish(reply)),
    usageChunk(usage(reply)),
    '[DONE]',
  );
}

function message({ text, toolCalls }: ChatReply): { content: string; tool_calls?: readonly object[] } {
  const calls = toolCalls.map(({ id, name, arguments: json }) => ({
    id,
    type: 'function',
    function: { name, arguments: json },
  }));
  return { content: text, ...(calls.length > 0 && { tool_calls: calls }) };
}

const finish = ({ toolCalls }: ChatReply): string => (toolCalls.length > 0 ? 'tool_calls' : 'stop');

const usage = ({ usage: { input, output } }: ChatReply): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});
