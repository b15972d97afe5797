// What servers send, read leniently: a field of the wrong kind is as good as absent, for no two servers agree.
import { z } from 'zod';

const text = z.string().nullish().catch(null);

const toolCall = z.looseObject({
  index: z.number().int().nullish().catch(null),
  id: text,
  function: z
    .looseObject({
      name: text,
      arguments: z
        .union([z.string(), z.record(z.string(), z.unknown())])
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});

/** `delta` of a stream or `message` of a whole completion. */
const message = z.looseObject({
  content: z
    .union([z.string(), z.array(z.looseObject({ type: text, text }))])
    .nullish()
    .catch(null),
  refusal: text,
  reasoning_content: text,
  reasoning: text,
  tool_calls: z.array(toolCall).nullish().catch(null),
});

const choice = z.looseObject({
  index: z.number().int().nullish().catch(null),
  delta: message.nullish().catch(null),
  message: message.nullish().catch(null),
  finish_reason: text,
});

const count = z.number().int().min(0).nullish().catch(null);

const usage = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_cache_hit_tokens: count,
  prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish().catch(null),
});

/** An error inside a body of status 200; `code` may be the status that it would have had. */
const error = z.union([
  z.looseObject({ message: text, code: z.union([z.string(), z.number()]).nullish().catch(null), type: text }),
  z.string(),
]);

export const chunkSchema = z.looseObject({
  model: text,
  choices: z.array(choice).nullish().catch(null),
  usage: usage.nullish().catch(null),
  error: error.nullish().catch(null),
});

export type Chunk = z.infer<typeof chunkSchema>;
export type ChunkMessage = z.infer<typeof message>;
export type ChunkUsage = z.infer<typeof usage>;
