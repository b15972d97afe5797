// Schemas for models keep to what every server takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { modelSchema, schemaFaults } from '../../../src/models/model-schema.ts';

test('absence is null, unions stand below a key, integers have no machine limits', () => {
  const schema = z.strictObject({
    name: z.string().describe('Its name.'),
    kind: z.enum(['a', 'b']).nullable(),
    size: z.number().int().min(1).nullable(),
    parts: z.array(z.strictObject({ key: z.string(), value: z.string() })).max(5),
    split: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('time'), column: z.string() }),
      z.strictObject({ by: z.literal('rows') }),
    ]),
    extra: z.strictObject({ note: z.string() }).nullable(),
  });
  assert.deepEqual(modelSchema(schema), {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Its name.' },
      kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
      size: { type: ['integer', 'null'], minimum: 1 },
      parts: {
        type: 'array',
        maxItems: 5,
        items: {
          type: 'object',
          properties: { key: { type: 'string' }, value: { type: 'string' } },
          required: ['key', 'value'],
          additionalProperties: false,
        },
      },
      split: {
        anyOf: [
          {
            type: 'object',
            properties: { by: { type: 'string', const: 'time' }, column: { type: 'string' } },
            required: ['by', 'column'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: { by: { type: 'string', const: 'rows' } },
            required: ['by'],
            additionalProperties: false,
          },
        ],
      },
      extra: {
        type: ['object', 'null'],
        properties: { note: { type: 'string' } },
        required: ['note'],
        additionalProperties: false,
      },
    },
    required: ['name', 'kind', 'size', 'parts', 'split', 'extra'],
    additionalProperties: false,
  });
});

for (const [title, schema, fault] of [
  ['an optional key', z.strictObject({ a: z.string().optional() }), /\$\.a is optional; make it nullable/],
  ['a map', z.strictObject({ a: z.record(z.string(), z.string()) }), /\$\.a is a map/],
  ['a pattern', z.strictObject({ a: z.string().regex(/x/) }), /\$\.a uses pattern/],
  ['a format', z.strictObject({ a: z.iso.date() }), /\$\.a uses (format|pattern)/],
  ['a length', z.strictObject({ a: z.string().max(5) }), /\$\.a uses maxLength/],
  ['a tuple', z.strictObject({ a: z.tuple([z.string()]) }), /\$\.a/],
  ['a default', z.strictObject({ a: z.string().default('x') }), /\$\.a uses default/],
  ['anything', z.strictObject({ a: z.unknown() }), /\$\.a allows anything/],
  ['further keys', z.strictObject({ a: z.looseObject({ b: z.string() }) }), /\$\.a allows further keys/],
  ['a list at the root', z.array(z.string()), /the root is no object/],
  [
    'a union at the root',
    z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
    /the root is no object/,
  ],
  [
    'a fault inside a list of a union',
    z.strictObject({
      a: z.array(z.discriminatedUnion('k', [z.strictObject({ k: z.literal('x'), v: z.string().optional() })])),
    }),
    /\$\.a\[\].*v is optional/,
  ],
] as const) {
  test(`refuses ${title}`, () => assert.throws(() => modelSchema(schema), fault));
}

test('refuses what is too deep', () => {
  let deep: z.ZodType = z.string();
  for (let level = 0; level < 8; level += 1) deep = z.strictObject({ in: deep });
  assert.throws(() => modelSchema(deep), /deeper than 6/);
});

test('a schema by hand is held to the same', () => {
  assert.deepEqual(
    schemaFaults({ type: 'object', properties: { a: { $ref: '#/x' } }, required: ['a'], additionalProperties: false }),
    ['$.a uses $ref'],
  );
});
