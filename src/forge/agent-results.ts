// What agents return, as it is stored and read back.
import { z } from 'zod';
import type { BrainstormOutput, DesignOutput, RefactorOutput } from '../agents/contracts.ts';
import { candidateSchema } from '../agents/proposal.ts';
import { draftSpecSchema } from '../task/spec.ts';

const reason = z.strictObject({ code: z.string(), reason: z.string() });
const files = z.record(z.string(), z.string());
const changes = z.array(z.string());

export const brainstormResult: z.ZodType<BrainstormOutput> = z.strictObject({
  formulations: z.array(candidateSchema),
  dropped: z.array(z.strictObject({ idea: z.string(), code: z.string(), reason: z.string() })),
  refused: reason.nullable(),
});

export const designResult: z.ZodType<DesignOutput> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('draft'),
    formulation: candidateSchema,
    draft: z.strictObject({ manifest: draftSpecSchema, files }),
    changes,
  }),
  z.strictObject({ kind: z.literal('infeasible'), code: z.string(), reason: z.string() }),
]);

export const refactorResult: z.ZodType<RefactorOutput> = z.strictObject({ files, changes });
