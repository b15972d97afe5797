// Where an agent builds and measures a draft while it still writes it. The pipeline lends it; nothing here is published.
import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Finding } from '../task/findings.ts';
import type { Family, Rung } from '../verify/contract.ts';

export interface Built {
  /** Why prepare.py gave no data; null when it did. */
  readonly problem: string | null;
}

export interface Bench {
  /** Writes the draft and runs its prepare.py on the raw dataset. */
  build(draft: PackageDraft, rawRows: number): Promise<Built>;
  /** What verification finds in the draft as it was built last. */
  check(families: readonly Family[]): Promise<readonly Finding[]>;
  /** Runs the baselines of the draft as it was built last; worst first. */
  climb(): Promise<{ readonly ladder: readonly Rung[]; readonly findings: readonly Finding[] }>;
  /** Absolute path of the built draft. */
  readonly folder: string;
}
