// From a model id to a model. The adapter and its client are loaded here, at first use, so that no door starts slower.
import { type Endpoint, resolveEndpoint, type Surroundings } from './endpoint.ts';
import type { OpenAiOptions } from './openai/model.ts';
import type { ChatModel } from './port.ts';

const replayPrefix = 'replay:';

export interface OpenOptions extends Surroundings, OpenAiOptions {
  /** Whether the model sees images, where the table of providers cannot know. */
  readonly images?: boolean;
}

/**
 * The model of an id: `provider:model`, or `replay:FILE` for a cassette.
 * @throws ForgeError when the id, the base URL, the key or the cassette is wrong; nothing is sent yet.
 */
export async function openModel(id: string, options: OpenOptions): Promise<ChatModel> {
  if (id.startsWith(replayPrefix)) return openReplay(id);
  const endpoint = resolveEndpoint(id, options);
  const { openAiModel } = await import('./openai/model.ts');
  return openAiModel(seeing(endpoint, options.images), options);
}

async function openReplay(id: string): Promise<ChatModel> {
  const { readCassette } = await import('./replay/cassette.ts');
  const { replayModel } = await import('./replay/replay-model.ts');
  return replayModel(await readCassette(id.slice(replayPrefix.length)), id);
}

function seeing(endpoint: Endpoint, images: boolean | undefined): Endpoint {
  return images === undefined ? endpoint : { ...endpoint, compat: { ...endpoint.compat, images } };
}
