// What a save has changed: the findings of two reports compared.
import type { Finding } from '../../task/findings.ts';
import type { VerificationReport } from '../contract.ts';

export interface Changes {
  readonly appeared: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly unchanged: number;
}

/** Findings are the same when code, file, message and suppression are; their line may move. All are new without `before`. */
export function changesOf(before: VerificationReport | null, after: VerificationReport): Changes {
  const known = counted(before?.findings ?? []);
  const now = counted(after.findings);
  const appeared = missing(after.findings, known);
  return { appeared, fixed: missing(before?.findings ?? [], now), unchanged: after.findings.length - appeared.length };
}

function missing(findings: readonly Finding[], among: ReadonlyMap<string, number>): Finding[] {
  const left = new Map(among);
  return findings.filter((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), count - 1);
    return count <= 0;
  });
}

function counted(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function keyOf({ code, file, message, suppressed }: Finding): string {
  return JSON.stringify([code, file, message, suppressed ?? null]);
}
