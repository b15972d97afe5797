// What an answer asks to be done: tool calls of the endpoint, and fenced blocks in the text.
import { z } from 'zod';
import type { ChatReply } from '../../models/port.ts';
import { fencedBlocks } from './blocks.ts';
import type { Tool } from './tool.ts';

export interface Action {
  /** Id of a native call, which wants its answer under it; null for a block. */
  readonly callId: string | null;
  readonly name: string;
  readonly input:
    | { readonly kind: 'json'; readonly text: string }
    | { readonly kind: 'block'; argument: string; body: string };
  /** Why it cannot be done although it was understood: a cut block. */
  readonly fault: string | null;
}

const written = z.object({ tool: z.string(), arguments: z.unknown().optional() });
const cut =
  'The block was not closed: the answer ended inside it. Nothing was done; write it again, shorter if need be.';

/** In the order of the text, native calls last: a model writes a file and then calls what runs it. */
export function actionsOf(reply: ChatReply, tools: readonly Tool[]): readonly Action[] {
  const blockNames = new Set(tools.filter((tool) => tool.kind === 'block').map((tool) => tool.name));
  const fromBlocks = fencedBlocks(reply.text).flatMap(({ kind, argument, body, closed }): Action[] => {
    const fault = closed ? null : cut;
    if (blockNames.has(kind)) return [{ callId: null, name: kind, input: { kind: 'block', argument, body }, fault }];
    return kind === 'call' ? [writtenCall(body, fault)] : [];
  });
  const native = reply.toolCalls.map(
    ({ id, name, arguments: text }): Action => ({ callId: id, name, input: { kind: 'json', text }, fault: null }),
  );
  return [...fromBlocks, ...native];
}

/** A call that is written out, by a model whose endpoint knows no tools. */
function writtenCall(body: string, fault: string | null): Action {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    data = null;
  }
  const parsed = written.safeParse(data);
  if (parsed.success) {
    const text = JSON.stringify(parsed.data.arguments ?? {});
    return { callId: null, name: parsed.data.tool, input: { kind: 'json', text }, fault };
  }
  const problem = 'A call block holds one JSON object: {"tool": "name", "arguments": {...}}.';
  return { callId: null, name: 'call', input: { kind: 'json', text: body }, fault: fault ?? problem };
}
