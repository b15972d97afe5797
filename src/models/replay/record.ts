// Records what a model answers, line by line, while it is used as usual.
import { appendFile } from 'node:fs/promises';
import type { ChatModel } from '../port.ts';
import { cassetteLine } from './cassette.ts';

/** The model, with each finished exchange appended to the cassette. Cancelled calls and failures are not recorded. */
export function recording(model: ChatModel, file: string): ChatModel {
  return {
    id: model.id,
    endpoint: model.endpoint,
    sees: model.sees,
    async chat(request, options) {
      const reply = await model.chat(request, options);
      const answered = reply.outcome === 'done' || reply.outcome === 'length' || reply.outcome === 'refusal';
      if (answered) await appendFile(file, `${cassetteLine({ request, reply })}\n`);
      return reply;
    },
  };
}
