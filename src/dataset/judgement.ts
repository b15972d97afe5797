// What the measurements mean: the contract of the rules in this folder.

export const columnRoles = [
  'empty',
  'constant',
  'identifier',
  'group',
  'time',
  'latitude',
  'longitude',
  'boolean',
  'category',
  'ordinal',
  'number',
  'text',
  'media-path',
  'url',
  'binary',
  'part',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** The role of one column, and the measured reason in one sentence. */
export interface ColumnJudgement {
  readonly column: string;
  readonly role: ColumnRole;
  readonly reason: string;
  /** The column may have become known only after the outcome (an `updated`, a `result`, a count derived later). */
  readonly postOutcome: string | null;
  /** The column may hold personal data: names, addresses, e-mail, telephone. */
  readonly personal: string | null;
}

export interface TargetCandidate {
  readonly column: string;
  readonly objective: 'binary-classification' | 'multiclass-classification' | 'ordinal-regression' | 'regression';
  /** Between 0 and 1: how much a person would want to predict this column, before any signal is measured. */
  readonly appeal: number;
  readonly reason: string;
}

export interface TableJudgement {
  readonly table: string;
  readonly columns: readonly ColumnJudgement[];
  readonly targets: readonly TargetCandidate[];
  /** Columns whose values repeat over rows of the same entity, most likely first. */
  readonly groups: readonly string[];
  readonly timeColumn: string | null;
  readonly coordinates: { readonly latitude: string; readonly longitude: string } | null;
}
