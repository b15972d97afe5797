// A local engine behind the protocol that everything else speaks: one adapter, one set of rules, whatever the model is.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { describeError } from '../../task/errors.ts';
import type { Answer, Engine } from './engine.ts';
import { type Body, bodySchema } from './history.ts';

/** Largest request body: far beyond any context. */
const largestBody = 32 * 1024 * 1024;
/** The chat template adds to what was counted. */
const templateTokens = 64;

/** Serves the engine on a free port of this machine's loopback. */
export async function serveEngine(engine: Engine, name: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/chat/completions')) {
      return refuse(response, 404, 'There is only POST /v1/chat/completions.');
    }
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.length > largestBody) request.destroy();
    });
    request.on('end', () => {
      complete(engine, name, text, response).catch((error: unknown) => {
        if (response.headersSent) response.end(event({ error: { message: describeError(error) } }));
        else refuse(response, 500, describeError(error));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, server };
}

async function complete(engine: Engine, name: string, text: string, response: ServerResponse): Promise<void> {
  const parsed = parseBody(text);
  if (!parsed.success) return refuse(response, 400, z.prettifyError(parsed.error));
  const body = parsed.data;
  if (body.tool_choice === 'required' || typeof body.tool_choice === 'object') {
    return refuse(response, 400, 'tool_choice is not supported beyond auto and none');
  }
  const needed = engine.count(body) + templateTokens + body.max_tokens;
  if (needed > engine.contextSize) {
    const message = `the request exceeds the available context size: ${needed} tokens of ${engine.contextSize}`;
    return refuse(response, 400, message, 'exceed_context_size_error');
  }
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  const id = `chatcmpl-${Date.now()}`;
  const head = {
    id,
    object: body.stream ? 'chat.completion.chunk' : 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: name,
  };
  if (!body.stream) {
    const answer = await engine.answer(body, () => {}, stop.signal);
    const message = { role: 'assistant', content: answer.text, ...wireCalls(answer) };
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': id });
    const choices = [{ index: 0, message, finish_reason: answer.finish }];
    response.end(JSON.stringify({ ...head, choices, usage: wireUsage(answer) }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': id });
  response.flushHeaders();
  const send = (choices: readonly object[], more: object = {}): void => {
    response.write(event({ ...head, choices, ...more }));
  };
  const answer = await engine.answer(
    body,
    (content) => send([{ index: 0, delta: { content }, finish_reason: null }]),
    stop.signal,
  );
  send([{ index: 0, delta: wireCalls(answer), finish_reason: answer.finish }]);
  send([], { usage: wireUsage(answer) });
  response.end('data: [DONE]\n\n');
}

function parseBody(text: string): z.ZodSafeParseResult<Body> {
  try {
    return bodySchema.safeParse(JSON.parse(text));
  } catch {
    return bodySchema.safeParse(null);
  }
}

const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

function wireCalls({ calls }: Answer): object {
  if (calls.length === 0) return {};
  return {
    tool_calls: calls.map(({ name, params }, index) => ({
      index,
      id: `call_${Date.now()}_${index}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(params ?? {}) },
    })),
  };
}

function wireUsage({ promptTokens, cachedTokens, outputTokens }: Answer): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: outputTokens,
    total_tokens: promptTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

function refuse(response: ServerResponse, status: number, message: string, type = 'invalid_request_error'): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type } }));
}
