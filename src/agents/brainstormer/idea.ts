// An idea is what a family of tasks sees in a dataset before anything is measured.
import type { Feature, Formulation } from '../../blueprints/formulation.ts';
import type { ColumnJudgement } from '../../dataset/judgement.ts';
import type { ColumnProfile, MediaProfile, TableProfile } from '../../dataset/profile.ts';
import type { Modality, Objective } from '../../task/objectives.ts';

export type TableTaskSource = Extract<Formulation['source'], { kind: 'table' }>;
export type MediaTaskSource = Extract<Formulation['source'], { kind: 'media' }>;
export type Excluded = Formulation['features']['excluded'][number];
export type Split = Formulation['split'];
export type NumericProfile = NonNullable<ColumnProfile['numeric']>;

/** A column of the joined table, with what is known of it where it comes from. */
export interface IdeaColumn {
  readonly name: string;
  readonly profile: ColumnProfile;
  readonly judgement: ColumnJudgement | null;
  /** Rows of the table that it stands in. */
  readonly rows: number;
  /** Humanised name of the parent table for looked-up columns. */
  readonly parent: string | null;
}

/** A feature with the time format that a probe needs to read it. */
export interface IdeaFeature extends Feature {
  readonly format: string | null;
}

export interface TableIdea {
  readonly kind: 'table';
  readonly family: 'table' | 'multi-output' | 'text' | 'time-ordered' | 'forecasting' | 'relational' | 'geospatial';
  readonly modality: Modality;
  readonly objective: Objective;
  readonly table: TableProfile;
  readonly source: TableTaskSource;
  readonly columns: readonly IdeaColumn[];
  /** Names in the joined table. */
  readonly targets: readonly string[];
  /** Ordered levels of an ordinal target, else null. */
  readonly levels: readonly string[] | null;
  readonly appeal: number;
  readonly why: string;
  readonly features: readonly IdeaFeature[];
  readonly excluded: readonly Excluded[];
  /** Columns that are no features but are asked whether they give the target away. */
  readonly inspect: readonly string[];
  readonly groups: readonly string[];
  readonly time: { readonly column: string; readonly format: string } | null;
  readonly coordinates: { readonly latitude: string; readonly longitude: string } | null;
  readonly series: readonly string[];
}

export interface MediaIdea {
  readonly kind: 'media';
  readonly family: 'media';
  readonly modality: Modality;
  readonly objective: Objective;
  readonly media: MediaProfile;
  readonly source: MediaTaskSource;
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  readonly appeal: number;
  readonly why: string;
}

export type Idea = TableIdea | MediaIdea;

export interface Dropped {
  readonly idea: string;
  readonly code: string;
  readonly reason: string;
}

/** How an idea is called in reports. */
export function ideaName(idea: Idea): string {
  if (idea.kind === 'media') {
    return `${idea.media.kind} files: class by ${idea.source.label.from}`;
  }
  return `${idea.family}: ${idea.targets.join(', ')} of ${idea.table.id}`;
}
