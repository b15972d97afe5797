// The formulation of a judged media task, in the words of a competition host.
import type { Formulation } from '../../blueprints/formulation.ts';
import type { DatasetProfile } from '../../dataset/profile.ts';

import {
  asksProbability,
  cautionWords,
  difficultyWords,
  measuredEvidence,
  positiveClass,
  splitEffect,
} from './compose.ts';
import type { JudgedMedia } from './develop-media.ts';
import { testPartWords } from './rules/split.ts';
import { count, figure } from './words/figures.ts';
import { metricPhrase } from './words/metric-word.ts';
import { capitalised, humanised, listed, slug } from './words/names.ts';

const nouns = { image: 'picture', audio: 'sound', text: 'text' } as const;
/** A clue in the file name that beats the constant by this much must be named. */
const TELLING = 0.05;

/** Writes the formulation; pure. */
export function composeMedia(task: JudgedMedia, profile: DatasetProfile): Formulation {
  const { draft, measured, verdict } = task;
  const { idea } = draft;
  const noun = nouns[idea.media.kind];
  const labels = draft.classes.map((item) => item.label);
  const test = Math.round(draft.classes.reduce((sum, item) => sum + item.count, 0) * draft.split.testFraction);
  const clues = measured.names.filter((item) => item.score > item.constant + TELLING);
  const target = idea.source.label.from === 'table' ? idea.source.label.column : 'label';
  return {
    id: slug(`${profile.name} ${idea.media.id} ${noun} ${target === 'label' ? 'class' : target}`, 80),
    title: `${capitalised(humanised(profile.name))}: which of ${labels.length} classes is the ${noun}?`,
    summary: `Tell the class of each ${noun} from its content alone. Test files are ${testPartWords(draft.split)}; scored by ${metricPhrase(verdict.metric.name)}.`,
    rationale: `Sorting ${noun}s by hand is slow, and ${idea.why}. ${difficultyWords(verdict.scores, verdict.covered)}${cautionWords(test)}`,
    modality: idea.modality,
    objective: idea.objective,
    metric: { ...verdict.metric },
    source: idea.source,
    target: {
      columns: [{ name: target, from: target, description: `Class of the ${noun}.` }],
      derivation: derivation(task),
      transform: { kind: 'none' },
      classes: labels,
      positive: asksProbability(verdict.metric.name) ? positiveClass(draft.classes, verdict.metric.name) : null,
    },
    features: {
      kept: [feature(task, noun)],
      excluded: [
        { column: 'file name', reason: nameReason(clues) },
        {
          column: 'folder',
          reason: 'folders and their order may hold the label; all files lie in one folder under new names',
        },
      ],
    },
    rows: {
      raw: Math.max(1, idea.media.count),
      droppedClasses: draft.droppedClasses,
      dropDuplicates: idea.media.duplicates > 0,
    },
    split: { ...draft.split, reason: draft.split.reason + splitEffect(measured, verdict.metric.name) },
    evidence: {
      ...measuredEvidence(measured, verdict.scores),
      family: 'media',
      fileNameClues: measured.names.map((item) => ({ ...item })),
      sessions: measured.session === null ? null : { ...measured.session },
      brokenFiles: idea.media.brokenCount,
    },
  };
}

function feature(task: JudgedMedia, noun: string): Formulation['features']['kept'][number] {
  const { media } = task.draft.idea;
  if (media.kind === 'text') {
    return { name: 'text', kind: 'text', description: 'Content of the text file.', historyOnly: false };
  }
  const description =
    media.image !== null
      ? `Path of the ${noun}; ${figure(media.image.width.median)} × ${figure(media.image.height.median)} pixels in the median.`
      : `Path of the ${noun}${media.audio === null ? '' : `; ${figure(media.audio.seconds.minimum)} to ${figure(media.audio.seconds.maximum)} seconds long`}.`;
  return { name: 'file', kind: media.kind, description, historyOnly: false };
}

function nameReason(clues: readonly { clue: string; constant: number; score: number }[]): string {
  if (clues.length === 0) return 'names may hold the label; files get new names in random order';
  const told = clues.map(
    (item) =>
      `the ${item.clue} alone reaches accuracy ${figure(item.score)} against ${figure(item.constant)} for a constant`,
  );
  return `${listed(told)}; files get new names in random order`;
}

function derivation(task: JudgedMedia): string {
  const { label } = task.draft.idea.source;
  const files = count(task.measured.rows);
  if (label.from === 'folder') return `The name of the folder that holds the file (${files} files).`;
  if (label.from === 'name')
    return `The part of the file name that matches ${JSON.stringify(label.pattern)} (${files} files).`;
  return `Column \`${label.column}\` of \`${label.table}\` (${files} files).`;
}
