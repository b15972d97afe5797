// The JSON schema of task.json, generated from the one zod schema; editors validate and complete with it.
import { z } from 'zod';
import { prettyJson } from './canonical-json.ts';
import { taskSpecSchema } from './spec.ts';

/** Text of media/task.schema.json. Draft 7, which every editor understands. */
export function taskJsonSchema(): string {
  const schema = z.toJSONSchema(taskSpecSchema, { target: 'draft-7' });
  return prettyJson({ ...schema, title: 'MLE Forge task' });
}
