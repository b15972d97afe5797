// The JSON schemas that models are shown. Servers differ in what they enforce and fail in odd ways on the rest, so ours keep
// to what all of them take: a root object, every key required, null for absence, no maps, no patterns, no code.
import { z } from 'zod';
import type { Json } from '../task/canonical-json.ts';
import type { JsonObject } from './port.ts';

/** What may stand in a schema; everything else is a fault. */
const allowed = [
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  'description',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
];
/** Deeper ones are beyond small models and beyond OpenAI's own limit of ten. */
const deepest = 6;

/**
 * The schema in the common subset.
 * @throws Error, since it is a fault of the program, when the zod schema leaves the subset.
 */
export function modelSchema(schema: z.ZodType): JsonObject {
  const full = z.toJSONSchema(schema, { target: 'draft-7', reused: 'inline', cycles: 'throw' });
  const { $schema: _, ...plain } = JSON.parse(JSON.stringify(full)) as Record<string, Json>;
  const simple = simplify(plain) as JsonObject;
  const faults = schemaFaults(simple);
  if (faults.length > 0) throw new Error(`Not a schema for models: ${faults.join('; ')}`);
  return simple;
}

/** Where a JSON schema leaves the subset, in words; empty when it does not. */
export function schemaFaults(schema: JsonObject): string[] {
  const root = schema['type'] === 'object' ? [] : ['the root is no object'];
  return [...root, ...nodeFaults(schema, '$', 0)];
}

function nodeFaults(node: JsonObject, at: string, depth: number): string[] {
  const faults = Object.keys(node).flatMap((key) => (allowed.includes(key) ? [] : [`${at} uses ${key}`]));
  if (depth > deepest) faults.push(`${at} is deeper than ${deepest}`);
  if (Object.keys(node).length === 0) faults.push(`${at} allows anything`);
  const properties = node['properties'];
  if (node['type'] === 'object' || isNode(properties)) faults.push(...objectFaults(node, at));
  if (isNode(properties)) {
    for (const [name, child] of Object.entries(properties)) {
      if (isNode(child)) faults.push(...nodeFaults(child, `${at}.${name}`, depth + 1));
    }
  }
  if (isNode(node['items'])) faults.push(...nodeFaults(node['items'], `${at}[]`, depth + 1));
  const union = node['anyOf'];
  if (Array.isArray(union)) {
    for (const [index, child] of union.entries()) {
      if (isNode(child)) faults.push(...nodeFaults(child, `${at}|${index}`, depth));
    }
  }
  return faults;
}

function objectFaults(node: JsonObject, at: string): string[] {
  if (!isNode(node['properties'])) return [`${at} is a map; use a list of key and value`];
  const names = Object.keys(node['properties']);
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const missing = names.filter((name) => !required.includes(name));
  return [
    ...missing.map((name) => `${at}.${name} is optional; make it nullable`),
    ...(node['additionalProperties'] === false ? [] : [`${at} allows further keys; use z.strictObject`]),
  ];
}

/** Nullable values as a list of types, discriminated unions as anyOf, and none of the limits that only say "an integer". */
function simplify(node: Json): Json {
  if (Array.isArray(node)) return node.map(simplify);
  if (!isNode(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [
    key === 'oneOf' ? 'anyOf' : key,
    simplify(value ?? null),
  ]);
  const simple = Object.fromEntries(entries.filter(([, value]) => Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER));
  return nullable(simple);
}

function nullable(node: Record<string, Json>): Json {
  const { anyOf, ...rest } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return node;
  const value = anyOf.find((each) => isNode(each) && each['type'] !== 'null');
  const isNullable = anyOf.some((each) => isNode(each) && each['type'] === 'null');
  if (!isNullable || !isNode(value) || typeof value['type'] !== 'string') return node;
  const choices = Array.isArray(value['enum']) ? { enum: [...value['enum'], null] } : {};
  return { ...value, ...rest, type: [value['type'], 'null'], ...choices };
}

function isNode(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
