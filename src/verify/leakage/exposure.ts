// LEK015 to LEK017: answers in public files, in properties of media, and in the sample submission.
import { layout } from '../../task/layout.ts';
import { leakageCatalogue as checks } from './catalogue.ts';
import type { Leak } from './fault.ts';
import { percent, rounded, tells } from './figures.ts';
import type { TargetLeaks } from './probe.ts';

/** Answers beside ids: nearly all right, and far more than when the answers are dealt out anew. */
const HELD = { error: 0.8, warning: 0.5 };
const ABOVE_CHANCE = { error: 0.4, warning: 0.2 };
/** Properties that are no content may not tell anything; content may tell a lot, as the length of a sound does. */
const PROPERTY = 0.15;
const CONTENT = 0.6;
/** Standard errors from the shuffled sample; one test per target. */
const LUCK = 5;

export function judgeExposure(target: TargetLeaks): Leak[] {
  return [...column(target), ...files(target), ...media(target), ...sample(target)];
}

function column({ name, exposed }: TargetLeaks): Leak[] {
  if (exposed.column === null) return [];
  const right = exposed.column > 0 ? `; ${percent(exposed.column)} of its values are the answers` : '';
  const message = `test.csv has the target column "${name}"${right}.`;
  const evidence = { column: name, right: rounded(exposed.column) };
  return [{ check: checks.exposed, severity: 'error', message, where: { column: name, part: 'test' }, evidence }];
}

function files({ name, exposed }: TargetLeaks): Leak[] {
  return exposed.files.flatMap(({ file, how, share, chance, rows, line }) => {
    const error = share >= HELD.error && share - chance >= ABOVE_CHANCE.error;
    if (!error && !(share >= HELD.warning && share - chance >= ABOVE_CHANCE.warning)) return [];
    const message = `${file} holds answers ("${name}") ${how}: right in ${percent(share)} of ${rows} rows.`;
    const evidence = { file, how, share: rounded(share), chance: rounded(chance), rows };
    const where = line === null ? { file } : { file, at: line };
    return [{ check: checks.exposed, severity: error ? 'error' : 'warning', message, where, evidence }];
  });
}

function media({ name, media: properties }: TargetLeaks): Leak[] {
  return properties.flatMap((told) => {
    if (!tells(told, told.content ? CONTENT : PROPERTY)) return [];
    const { property, content, skill } = told;
    const message = `The ${property} of the files alone reaches ${percent(skill)} of the way from a constant to a perfect score for "${name}".`;
    const evidence = { property, skill: rounded(skill), error: rounded(told.error) };
    const where = { column: 'file', part: 'train' as const };
    return [{ check: checks.media, severity: content ? 'warning' : 'error', message, where, evidence }];
  });
}

function sample({ name, sample: told }: TargetLeaks): Leak[] {
  if (told === null || Math.abs(told.errors) < LUCK) return [];
  const { agreement, chance, errors, measure } = told;
  const unit = measure === 'share' ? 'agrees with' : 'correlates with';
  const message = `sample_submission.csv ${unit} the answers for "${name}" by ${rounded(agreement)}, against ${rounded(chance)} when its rows are shuffled.`;
  const evidence = { agreement: rounded(agreement), chance: rounded(chance), errors: rounded(errors) };
  return [{ check: checks.sample, severity: 'error', message, where: { file: layout.sampleSubmission }, evidence }];
}
