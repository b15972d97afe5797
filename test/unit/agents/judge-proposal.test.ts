import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Proposed } from '../../../src/agents/brainstormer/by-model/answer.ts';
import { judgeProposal } from '../../../src/agents/brainstormer/by-model/judge-proposal.ts';
import type { Proof } from '../../../src/agents/tools/proofs.ts';
import type { MediaProfile } from '../../../src/dataset/profile.ts';
import { dataset } from '../dataset/profiles.ts';

const sounds: MediaProfile = {
  id: '',
  kind: 'audio',
  count: 300,
  bytes: 3000,
  extensions: [{ extension: '.flac', count: 300 }],
  labels: [],
  broken: [],
  brokenCount: 0,
  duplicates: 0,
  image: null,
  audio: null,
  text: null,
  parts: [],
};
const proof: Proof = {
  name: 'peaks',
  code: 'def derive(raw): ...',
  deterministic: true,
  rows: 300,
  columns: [
    { name: 'peak', kind: 'number', missing: 0, distinct: 290, top: [], quantiles: null, sha256: 'b'.repeat(64) },
  ],
  sha256: 'a'.repeat(64),
};
const proposed: Proposed = {
  title: 'How loud does it get?',
  question: 'Tell the peak.',
  rationale: 'For limiters.',
  objective: 'regression',
  modality: 'audio',
  target_columns: ['peak'],
  target_derivation: 'The peak of the recording.',
  derivation: 'peaks',
  metric: 'mae',
  metric_definition: 'Mean absolute error.',
  metric_reason: 'It is in decibels.',
  split: 'random',
  split_by: [],
  split_reason: 'Recordings are unrelated.',
  data: [{ file: '.', use: 'all recordings' }],
  risks: [],
  start: null,
};
const known = { profile: dataset([], { media: [sounds] }), proofs: [proof], found: [], earlier: [], taken: [] };
const judged = (more: Partial<Proposed>) => judgeProposal({ ...proposed, ...more }, known);

describe('a proposal of a model is taken up', () => {
  it('when the data are there and the target was derived', () => {
    const taken = judged({});
    assert.equal(taken.kind, 'proposal');
    assert.equal(taken.kind === 'proposal' && taken.proposal.rows.raw, 300);
  });

  it('by both names of a collection that lies in the dataset folder itself', () => {
    for (const file of ['.', 'the dataset folder']) {
      assert.equal(judged({ data: [{ file, use: 'all' }] }).kind, 'proposal', file);
    }
  });

  const refusals: [string, Partial<Proposed>][] = [
    ['UNKNOWN_DATA', { data: [{ file: 'notes.csv', use: 'labels' }] }],
    ['UNKNOWN_DATA', { data: [] }],
    ['DERIVATION_UNPROVEN', { derivation: 'loudness' }],
    ['UNKNOWN_TARGET', { target_columns: ['loudness'] }],
    ['UNKNOWN_TARGET', { derivation: null }],
    ['METRIC_UNFIT', { metric: 'accuracy' }],
  ];
  for (const [code, more] of refusals) {
    it(`but not with ${JSON.stringify(more)}: ${code}`, () => {
      const refused = judged(more);
      assert.equal(refused.kind === 'refused' && refused.code, code);
    });
  }
});
