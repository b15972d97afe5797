// Family REV, the rules: what the text of the task says, and whether it is so.
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { measured } from '../cache/remembered.ts';
import { type Check, type CheckContext, type CheckOutcome, concluded, type FamilyChecks, skipped } from '../check.ts';
import { guarded, skipFamily } from '../engine.ts';
import { MarkdownText } from '../markdown-text.ts';
import { reviewCatalogue as checks } from './catalogue.ts';
import { contradictions } from './contradiction.ts';
import { checkData } from './data.ts';
import { definition, example, foreignFiles, unlistedLabels } from './description.ts';
import { reviewInputs, reviewJob } from './probe.ts';
import { placeholders, preparation, readability } from './prose.ts';
import { columnTable, restatedAnswers } from './tables.ts';

const textChecks: readonly Check[] = [
  checks.files,
  checks.definition,
  checks.example,
  checks.labels,
  checks.placeholders,
  checks.preparation,
  checks.contradiction,
  checks.readable,
];
const dataChecks: readonly Check[] = [
  checks.columns,
  checks.answers,
  checks.fit,
  checks.licence,
  checks.personal,
  checks.sensitive,
];

export const reviewFamily: FamilyChecks = {
  family: 'REV',
  checks: [...textChecks, ...dataChecks],
  async *run(context) {
    const { manifest } = context;
    const text = await context.files.text(layout.description);
    if (manifest === null || text === null) {
      yield* skipFamily(reviewFamily, manifest === null ? 'task.json does not follow the schema' : 'no description');
      return;
    }
    const description = new MarkdownText(text);
    yield* guarded(textChecks, context, () => readText(context, manifest, description));
    yield* guarded(dataChecks, context, () => compareWithData(context, manifest, description));
  },
};

async function readText(context: CheckContext, manifest: TaskSpec, text: MarkdownText): Promise<CheckOutcome[]> {
  const labels = unlistedLabels(manifest, text);
  return [
    concluded(checks.files, foreignFiles(manifest, text, await context.files.list())),
    concluded(checks.definition, definition(manifest, text)),
    concluded(checks.example, example(manifest, text)),
    labels === null
      ? skipped(checks.labels, 'no submission column asks for a label')
      : concluded(checks.labels, labels),
    concluded(checks.placeholders, await placeholders(context, manifest, text)),
    concluded(checks.preparation, preparation(text)),
    concluded(checks.contradiction, await contradictions(context, manifest, text)),
    concluded(checks.readable, readability(text)),
  ];
}

async function compareWithData(context: CheckContext, manifest: TaskSpec, text: MarkdownText): Promise<CheckOutcome[]> {
  const facts = await measured(context, reviewJob(context), reviewInputs);
  return [
    concluded(checks.columns, columnTable(manifest, text, facts)),
    concluded(checks.answers, await restatedAnswers(context, facts)),
    ...(await checkData(context, manifest, facts)),
  ];
}
