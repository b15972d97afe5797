// From a model id to a model. The adapter and its client are loaded here, at first use, so that no door starts slower.
import path from 'node:path';
import { type Endpoint, resolveEndpoint, type Surroundings } from './endpoint.ts';
import type { OpenAiOptions } from './openai/model.ts';
import type { ChatModel } from './port.ts';

const replayPrefix = 'replay:';
const ggufPrefix = 'gguf:';

export interface OpenOptions extends Surroundings, OpenAiOptions {
  /** Whether the model sees images, where the table of providers cannot know. */
  readonly images?: boolean;
}

/**
 * The model of an id: `provider:model`, `replay:FILE` for a cassette, or `gguf:FILE` for a local file.
 * @throws ForgeError when the id, the base URL, the key or the cassette is wrong; nothing is sent yet.
 */
export async function openModel(id: string, options: OpenOptions): Promise<ChatModel> {
  if (id.startsWith(replayPrefix)) return openReplay(id);
  if (id.startsWith(ggufPrefix)) return openGguf(id, options);
  const endpoint = resolveEndpoint(id, options);
  const { openAiModel } = await import('./openai/model.ts');
  return openAiModel(seeing(endpoint, options.images), options);
}

async function openReplay(id: string): Promise<ChatModel> {
  const { readCassette } = await import('./replay/cassette.ts');
  const { replayModel } = await import('./replay/replay-model.ts');
  return replayModel(await readCassette(id.slice(replayPrefix.length)), id);
}

async function openGguf(id: string, options: OpenOptions): Promise<ChatModel> {
  const { startGguf } = await import('./gguf/start.ts');
  const file = id.slice(ggufPrefix.length);
  const url = await startGguf(file, options.env);
  const endpoint = resolveEndpoint(`local:${path.basename(file)}`, { env: {}, baseUrl: { url, from: 'flag' } });
  const { openAiModel } = await import('./openai/model.ts');
  return openAiModel({ ...endpoint, id, host: 'this machine' }, options);
}

function seeing(endpoint: Endpoint, images: boolean | undefined): Endpoint {
  return images === undefined ? endpoint : { ...endpoint, compat: { ...endpoint.compat, images } };
}
