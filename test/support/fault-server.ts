// A chat-completions server that misbehaves as a test tells it: one behaviour per request, the last one for all that follow.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface Exchange {
  /** The body of the request, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  readonly body: any;
  readonly response: ServerResponse;
}
export type Behaviour = (exchange: Exchange) => void;

export interface FaultServer {
  readonly url: string;
  /** The bodies that came, in order. */
  readonly bodies: readonly Exchange['body'][];
  readonly headers: readonly Readonly<Record<string, string | string[] | undefined>>[];
  /** Requests whose client went away before the answer was whole. */
  readonly abandoned: () => number;
}

/** Listens until the test ends. */
export async function faultServer(t: TestContext, behaviours: readonly Behaviour[]): Promise<FaultServer> {
  const bodies: Exchange['body'][] = [];
  const headers: FaultServer['headers'][number][] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      const turn = bodies.push(JSON.parse(text)) - 1;
      headers.push(request.headers);
      response.on('close', () => {
        if (!response.writableFinished) abandoned += 1;
      });
      response.setHeader('x-request-id', `req-${turn + 1}`);
      behaviours[Math.min(turn, behaviours.length - 1)]?.({ body: bodies[turn], response });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, bodies, headers, abandoned: () => abandoned };
}

/** What the well-behaved server reports for every answer. */
export const tokens = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };

/** One event of a stream. */
export const event = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** A chunk with one choice. */
export const delta = (message: object, finish: string | null = null, more: object = {}): object => ({
  id: 'c',
  object: 'chat.completion.chunk',
  model: 'served',
  choices: [{ index: 0, delta: message, finish_reason: finish }],
  ...more,
});

export const usageChunk = (usage: object = tokens): object => ({ id: 'c', model: 'served', choices: [], usage });

/** A stream of these events and no more. */
export function stream(...events: readonly unknown[]): Behaviour {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of events) response.write(event(each));
    response.end();
  };
}

/** A stream that sends these events and then never says another word. */
export function stall(...events: readonly unknown[]): Behaviour {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const each of events) response.write(event(each));
  };
}

/** A stream that breaks in the middle of the connection. */
export function breakOff(...events: readonly unknown[]): Behaviour {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of events) response.write(event(each));
    setTimeout(() => response.destroy(), 20);
  };
}

/** The usual answer: text in two pieces, a finish reason, usage, [DONE]. */
export function say(text: string, { finish = 'stop', usage = tokens as object | null } = {}): Behaviour {
  const half = Math.ceil(text.length / 2);
  return stream(
    delta({ role: 'assistant' }),
    delta({ content: text.slice(0, half) }),
    delta({ content: text.slice(half) }, finish),
    ...(usage === null ? [] : [usageChunk(usage)]),
    '[DONE]',
  );
}

/** Tool calls in one piece. */
export function callTool(...calls: readonly object[]): Behaviour {
  return stream(delta({ role: 'assistant', tool_calls: calls }), delta({}, 'tool_calls'), usageChunk(), '[DONE]');
}

/** A response with a status, in OpenAI's form unless the body is text. */
export function refuse(status: number, body: object | string, headers: Record<string, string> = {}): Behaviour {
  return ({ response }) => {
    const text = typeof body === 'string' ? body : JSON.stringify({ error: body });
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(text);
  };
}

/** A whole document with status 200. */
export function document(text: string, type = 'application/json'): Behaviour {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': type });
    response.end(text);
  };
}

/** Takes the request and never answers. */
export const hang: Behaviour = () => {};

/** Closes the connection without a word. */
export const hangUp: Behaviour = ({ response }) => {
  response.destroy();
};

/** A whole completion, as without streaming. */
export const completion = (message: object, finish = 'stop', usage: object | null = tokens): string =>
  JSON.stringify({
    id: 'c',
    model: 'served',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
    ...(usage === null ? {} : { usage }),
  });
