// llama.cpp through node-llama-cpp, an optional package that the user installs; what is used of it is typed here.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Body, type HistoryItem, toGrammarSchema, toHistory } from './history.ts';

interface Sequence {
  readonly nextTokenIndex: number;
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}
interface Generated {
  readonly response: string;
  readonly functionCalls?: readonly { readonly functionName: string; readonly params: unknown }[];
  readonly metadata: { readonly stopReason: string };
}
interface Chat {
  generateResponse(history: readonly HistoryItem[], options: object): Promise<Generated>;
}
interface Llama {
  loadModel(options: { modelPath: string }): Promise<{
    tokenize(text: string): readonly unknown[];
    createContext(options: object): Promise<{ readonly contextSize: number; getSequence(): Sequence }>;
  }>;
  createGrammarForJsonSchema(schema: unknown): Promise<object>;
  getGrammarFor(name: 'json'): Promise<object>;
}
interface LlamaPackage {
  getLlama(options: object): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: Sequence }) => Chat;
}

export interface Answer {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly params: unknown }[];
  readonly finish: 'stop' | 'length' | 'tool_calls';
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export interface Engine {
  readonly contextSize: number;
  /** Tokens of the request's text, without what the template adds. */
  count(body: Body): number;
  /** One after another: there is one sequence. */
  answer(body: Body, onText: (text: string) => void, signal: AbortSignal): Promise<Answer>;
}

export interface EngineOptions {
  /** Folder whose node_modules holds node-llama-cpp. */
  readonly packages: string;
  readonly file: string;
  readonly threads: number;
  readonly contextSize: number;
}

/** Loads the model; no build and no download is ever tried. */
export async function loadEngine({ packages, file, threads, contextSize }: EngineOptions): Promise<Engine> {
  const entry = path.join(packages, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  const { getLlama, LlamaChat } = (await import(pathToFileURL(entry).href)) as LlamaPackage;
  const llama = await getLlama({
    build: 'never',
    gpu: false,
    skipDownload: true,
    maxThreads: threads,
    logLevel: 'error',
  });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({ contextSize: { max: contextSize }, sequences: 1, threads });
  const sequence = context.getSequence();
  const chat = new LlamaChat({ contextSequence: sequence });
  let last: Promise<unknown> = Promise.resolve();
  const answer = async (body: Body, onText: (text: string) => void, signal: AbortSignal): Promise<Answer> => {
    const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter;
    const generated = await chat.generateResponse(toHistory(body.messages), {
      maxTokens: body.max_tokens,
      temperature: body.temperature,
      ...(body.seed === undefined ? {} : { seed: body.seed }),
      signal,
      stopOnAbortSignal: true,
      onTextChunk: onText,
      ...(await constraint(llama, body)),
    });
    const calls = (generated.functionCalls ?? []).map(({ functionName, params }) => ({ name: functionName, params }));
    const outputTokens = sequence.tokenMeter.usedOutputTokens - usedOutputTokens;
    const read = sequence.tokenMeter.usedInputTokens - usedInputTokens;
    const promptTokens = Math.max(read, sequence.nextTokenIndex - outputTokens);
    const cut = generated.metadata.stopReason === 'maxTokens';
    return {
      text: generated.response,
      calls,
      finish: calls.length > 0 ? 'tool_calls' : cut ? 'length' : 'stop',
      promptTokens,
      cachedTokens: promptTokens - read,
      outputTokens,
    };
  };
  return {
    contextSize: context.contextSize,
    count: ({ messages, tools }) => model.tokenize(JSON.stringify([messages, tools])).length,
    answer(body, onText, signal) {
      const turn = last.then(() => answer(body, onText, signal));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** A grammar for a structured answer, or the functions that may be called; the engine takes one or the other. */
async function constraint(
  llama: Llama,
  { response_format: format, tools, tool_choice: choice }: Body,
): Promise<object> {
  if (format?.type === 'json_schema') {
    return { grammar: await llama.createGrammarForJsonSchema(toGrammarSchema(format.json_schema.schema)) };
  }
  if (format?.type === 'json_object') return { grammar: await llama.getGrammarFor('json') };
  if (tools.length === 0 || choice === 'none') return {};
  const functions = tools.map(({ function: { name, description, parameters } }) => [
    name,
    { description, ...(parameters === undefined ? {} : { params: toGrammarSchema(parameters) }) },
  ]);
  return { functions: Object.fromEntries(functions), maxParallelFunctionCalls: 1 };
}
