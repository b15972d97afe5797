// The tools as an MCP server. Standard output belongs to the protocol from here on.
import { setMaxListeners } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { ForgeError } from '../../task/errors.ts';
import { toolName, toolVersion } from '../../task/version.ts';
import type { Call, ToolHost } from '../../toolset/host.ts';
import type { Tool } from '../../toolset/tool.ts';
import { toolset } from '../../toolset/toolset.ts';

const instructions =
  'MLE Forge makes competition-style machine-learning tasks from raw datasets and proves that they are good. The usual ' +
  'order: inspect_dataset, forge_tasks, then read the task folder, edit it, and call verify_task after every edit. ' +
  'All paths are absolute.';

export interface Serving {
  readonly host: ToolHost;
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Ends the server. */
  readonly signal: AbortSignal;
  /** Told of each call once it has ended, in one line. */
  readonly onCall: (line: string) => void;
  /** Told of what went wrong inside, and answers with what to say about it. */
  readonly onFault: (error: unknown) => string;
}

/** Serves one client until it closes its end or the signal fires. Calls under way are aborted then. */
export async function serve(serving: Serving): Promise<void> {
  const { stdin, stdout, signal, onFault } = serving;
  const handle = serveStdio(() => serverOf(serving), {
    transport: new StdioServerTransport(stdin, stdout),
    onerror: onFault,
  });
  try {
    await finished(stdin, { writable: false, signal, cleanup: true });
  } catch (error) {
    // A pipe that breaks off is an end like any other.
    if (signal.aborted) throw error;
  } finally {
    await handle.close();
  }
}

function serverOf(serving: Serving): McpServer {
  const server = new McpServer({ name: toolName, version: toolVersion }, { instructions, capabilities: { tools: {} } });
  for (const tool of toolset) {
    const { name, title, description, input, isReadOnly } = tool;
    const annotations = {
      readOnlyHint: isReadOnly,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (given, context) =>
      answer(tool, given, context, serving),
    );
  }
  return server;
}

interface Result {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  structuredContent: { [key: string]: unknown };
  isError?: boolean;
}

async function answer(tool: Tool, given: unknown, context: ServerContext, serving: Serving): Promise<Result> {
  const signal = AbortSignal.any([serving.signal, context.mcpReq.signal]);
  // Every job of a call listens to this one signal.
  setMaxListeners(0, signal);
  const call: Call = { signal, progress: progressOf(context) };
  const started = Date.now();
  const told = (how: string): void => serving.onCall(`${tool.name}: ${how}, ${Date.now() - started} ms`);
  try {
    const { text, data } = await tool.run(given, serving.host, call);
    told('done');
    return { content: [{ type: 'text', text }], structuredContent: { ...data } };
  } catch (error) {
    const expected = error instanceof ForgeError && error.kind !== 'internal';
    const message = expected ? error.message : serving.onFault(error);
    const code = expected ? error.code : 'PROGRAM_FAULT';
    const remedy = expected ? error.remedy : 'This is a fault of the program, not of the call; tell the user.';
    told(code);
    return {
      content: [{ type: 'text', text: `${message} (${code})\n${remedy}` }],
      structuredContent: { code, message, remedy },
      isError: true,
    };
  }
}

/** Progress as the client asked for it; nothing when it did not. Its numbers must grow with every message. */
function progressOf({ mcpReq }: ServerContext): Call['progress'] {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return () => {};
  let step = 0;
  return ({ message, done, total }) => {
    step = done ?? step + 1;
    const params = { progressToken: token, progress: step, message, ...(total === undefined ? {} : { total }) };
    // A client that is gone hears nothing; its request is being aborted.
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
}
