// task.json as the verifier reads it: a valid manifest, or every problem at its place.
import type { z } from 'zod';
import type { Range } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import { type TaskSpec, taskSpecSchema } from '../../task/spec.ts';
import type { PackageFiles } from './files.ts';
import type { JsonPlaces } from './json-places.ts';

export interface ManifestProblem {
  readonly message: string;
  readonly range: Range;
  /** Where in the document, as `metric.direction`; empty for the document itself. */
  readonly entry: string;
}

export type ManifestReading =
  | { readonly manifest: TaskSpec; readonly problems: readonly [] }
  | { readonly manifest: null; readonly problems: readonly ManifestProblem[] };

/** Reads and validates task.json; never throws for what is in it. */
export async function readManifest(files: PackageFiles): Promise<ManifestReading> {
  const text = await files.text(layout.manifest);
  const places = await files.json(layout.manifest);
  const start = places.at([]);
  if (text === null) return invalid([{ message: 'task.json is absent or no regular file.', range: start, entry: '' }]);
  if (places.problem !== null)
    return invalid([{ ...places.problem, message: `${places.problem.message}.`, entry: '' }]);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return invalid([{ message: 'The document is no JSON.', range: start, entry: '' }]);
  }
  const parsed = taskSpecSchema.safeParse(data);
  if (parsed.success) return { manifest: parsed.data, problems: [] };
  return invalid(parsed.error.issues.flatMap((issue) => problemsOf(issue, places)));
}

function invalid(problems: readonly ManifestProblem[]): ManifestReading {
  return { manifest: null, problems };
}

/** An unknown key stands at that key; every other issue at the entry it is about, or where the entry is missing. */
function problemsOf(issue: z.core.$ZodIssue, places: JsonPlaces): ManifestProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => ({
      message: `Unknown entry "${unknown}".`,
      range: places.at([...path, unknown]),
      entry: [...path, unknown].join('.'),
    }));
  }
  const entry = path.join('.');
  return [{ message: `${entry === '' ? '' : `${entry}: `}${issue.message}.`, range: places.at(path), entry }];
}
