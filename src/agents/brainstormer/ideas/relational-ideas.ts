// Several tables: rows of one with what their parents say, asked about entities never seen.
import type { TableJudgement } from '../../../dataset/judgement.ts';
import type { DatasetProfile, TableProfile } from '../../../dataset/profile.ts';
import { missingCodes } from '../base-columns.ts';
import { featureView } from '../feature-view.ts';
import type { IdeaColumn, TableIdea } from '../idea.ts';
import { columnDescription } from '../words/describe.ts';
import { columnDefinitions } from '../words/dictionary.ts';
import { childAggregates } from './child-aggregates.ts';
import { type Joined, joinedTable } from './join-parents.ts';
import { labelTargets } from './label-targets.ts';
import { eventTime } from './time-column.ts';

/** Smaller tables cannot be split into parts that rank anything. */
const FEWEST_ROWS = 200;
const TARGETS = 4;
/** Fewer entities cannot be spread over two parts. */
const FEWEST_ENTITIES = 20;
/** Names of several words can be read; codes cannot. */
const TEXT_WITH_SPACES = 0.3;

/** Ideas on every table that has parents: its own targets, and the names of small parent tables as labels. */
export function relationalIdeas(profile: DatasetProfile, judgements: readonly TableJudgement[]): readonly TableIdea[] {
  const judged = new Map(judgements.map((judgement) => [judgement.table, judgement]));
  return profile.tables.flatMap((table) => {
    const judgement = judged.get(table.id);
    const hasParents = profile.relations.some((relation) => relation.from.table === table.id);
    if (judgement === undefined || !hasParents || table.rows < FEWEST_ROWS) return [];
    return ideasOn(profile, judged, table, judgement);
  });
}

function ideasOn(
  profile: DatasetProfile,
  judged: ReadonlyMap<string, TableJudgement>,
  table: TableProfile,
  judgement: TableJudgement,
): readonly TableIdea[] {
  const joined = joinedTable(profile, judged, table, judgement);
  const children = childAggregates(profile, table);
  const own = judgement.targets.filter((target) => !joined.keys.has(target.column));
  const targets = [...labelTargets(joined), ...own].toSorted((a, b) => b.appeal - a.appeal).slice(0, TARGETS);
  const definitions = columnDefinitions(
    profile.documents,
    joined.columns.map((column) => column.name),
  );
  return targets.map((target) => {
    const groups = entityKeys(joined, target.column);
    const columns = readableNames(joined, groups[0]);
    const shown = featureView({
      columns,
      targets: [target.column],
      aliases: table.aliases,
      without: reasonsWithout(joined, target.column, groups[0]),
      describe: (column) => columnDescription(column, definitions),
    });
    return {
      kind: 'table',
      family: 'relational',
      modality: 'relational',
      objective: target.objective,
      table,
      source: {
        kind: 'table',
        table: table.source,
        lookups: [...joined.lookups],
        aggregates: [...children.aggregates],
        missingCodes: missingCodes(table),
        parts: [],
      },
      columns,
      targets: [target.column],
      levels: null,
      appeal: target.appeal,
      why: target.reason,
      features: [...shown.features, ...children.features],
      excluded: shown.excluded,
      inspect: [],
      groups,
      time: eventTime(table, judgement),
      coordinates: null,
      series: [],
    } satisfies TableIdea;
  });
}

/** Keys lead to rows of other tables; what identifies a parent would let a model learn the parent by heart. */
function reasonsWithout(joined: Joined, target: string, entity: string | undefined): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const behind = joined.lookupOf.get(target);
  for (const [column, parent] of joined.keys) {
    reasons.set(
      column,
      column === behind ? 'is the key of the target itself' : `is the key of ${parent}: a row number of another table`,
    );
  }
  for (const [column, parent] of joined.names) {
    const key = joined.lookupOf.get(column);
    if (column !== target && key === entity)
      reasons.set(column, `names the ${parent}; the task is about ones never seen`);
  }
  for (const [column, key] of joined.lookupOf) {
    if (column !== target && behind !== undefined && key === behind)
      reasons.set(column, 'is looked up with the key of the target');
  }
  return reasons;
}

/** The name of a kind is a category; the name of another parent is a text that may say something about the row. */
function readableNames(joined: Joined, entity: string | undefined): readonly IdeaColumn[] {
  return joined.columns.map((column) => {
    const key = joined.lookupOf.get(column.name);
    if (!joined.names.has(column.name) || key === entity || column.judgement === null) return column;
    const isKind = joined.parents.some((parent) => parent.key === key && parent.isKind);
    const isText = (column.profile.text?.withSpaces ?? 0) > TEXT_WITH_SPACES;
    const role = isKind ? 'category' : isText ? 'text' : column.judgement.role;
    return { ...column, judgement: { ...column.judgement, role } };
  });
}

/** Keys of parents with enough members, coarsest first: what holds for an artist holds for its albums. */
function entityKeys(joined: Joined, target: string): readonly string[] {
  const behind = joined.lookupOf.get(target);
  return [...joined.entities]
    .filter((entity) => entity.key !== behind && entity.members >= FEWEST_ENTITIES)
    .toSorted((a, b) => a.members - b.members)
    .map((entity) => entity.key);
}
