// A figure of the report as data, with a table that says the same. The page of the editor and the HTML report draw the
// same figures; the page checks what it is sent, and the small build of zod keeps it light.
import * as z from 'zod/mini';

export const parts = ['train', 'test'] as const;
const part = z.enum(parts);

const table = z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) });
const named = {
  id: z.string(),
  title: z.string(),
  /** What there is to see, in a sentence or two. */
  summary: z.string(),
};
const drawn = { ...named, table };

export const barsSchema = z.object({
  kind: z.literal('bars'),
  ...drawn,
  axis: z.string(),
  /** Shares between 0 and 1. */
  bars: z.array(z.object({ label: z.string(), part, share: z.number() })),
});

export const histogramSchema = z.object({
  kind: z.literal('histogram'),
  ...drawn,
  axis: z.string(),
  bins: z.array(z.object({ from: z.number(), to: z.number(), part, share: z.number() })),
});

export const ladderSchema = z.object({
  kind: z.literal('ladder'),
  ...drawn,
  axis: z.string(),
  /** Worst first. */
  rungs: z.array(z.object({ name: z.string(), score: z.number(), low: z.number(), high: z.number() })),
  /** The best possible score, where it is near enough to be in the picture. */
  best: z.nullable(z.number()),
});

export const timelineSchema = z.object({
  kind: z.literal('timeline'),
  ...drawn,
  /** Seconds since the start. */
  stages: z.array(z.object({ name: z.string(), from: z.number(), to: z.number() })),
});

export const waveSchema = z.object({
  kind: z.literal('wave'),
  ...drawn,
  seconds: z.number(),
  low: z.array(z.number()),
  high: z.array(z.number()),
});

/** What Plot draws. */
const plottedSchema = z.discriminatedUnion('kind', [
  barsSchema,
  histogramSchema,
  ladderSchema,
  timelineSchema,
  waveSchema,
]);
export type Plotted = z.infer<typeof plottedSchema>;

const picturesSchema = z.object({
  kind: z.literal('pictures'),
  ...named,
  pictures: z.array(
    z.object({
      source: z.string().check(z.regex(/^data:image\/png;base64,[A-Za-z0-9+/=]*$/)),
      label: z.string(),
      /** Width and height of the original. */
      size: z.tuple([z.number(), z.number()]),
    }),
  ),
});

const textsSchema = z.object({
  kind: z.literal('texts'),
  ...named,
  texts: z.array(z.object({ label: z.string(), text: z.string() })),
});

export const figureSchema = z.discriminatedUnion('kind', [plottedSchema, picturesSchema, textsSchema]);
export type Figure = z.infer<typeof figureSchema>;
