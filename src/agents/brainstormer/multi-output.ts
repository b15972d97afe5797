// Several targets are measured one by one; a task on all of them scores their mean.
import type { Measured, MetricScores, SplitScores } from './probe-results.ts';

/** The measurements of one task: of its only target, or the means over its targets. */
export function combined(results: readonly Measured[]): Measured {
  const first = results[0] ?? { id: '', rows: 0, splits: [] };
  if (results.length < 2) return first;
  return {
    id: first.id,
    rows: Math.min(...results.map((result) => result.rows)),
    splits: first.splits.map((split, at) =>
      meanSplit(
        split,
        results.flatMap((result) => result.splits[at] ?? []),
      ),
    ),
  };
}

function meanSplit(first: SplitScores, splits: readonly SplitScores[]): SplitScores {
  const scores = first.scores.flatMap((score) => {
    const same = splits.flatMap((split) => split.scores.filter((item) => item.metric === score.metric));
    return same.length === splits.length ? [meanScores(score, same)] : [];
  });
  return { ...first, test: Math.min(...splits.map((split) => split.test)), scores };
}

/** No single feature is the same for all outputs, so a look-up is judged per output only where one feature serves all. */
function meanScores(first: MetricScores, all: readonly MetricScores[]): MetricScores {
  const features = new Set(all.map((score) => score.single?.feature));
  return {
    ...first,
    constant: mean(all.map((score) => score.constant)),
    model: mean(all.map((score) => score.model)),
    gain: meanGain(all.map((score) => score.gain)),
    single:
      features.size === 1 && first.single !== null
        ? {
            feature: first.single.feature,
            score: mean(all.map((score) => score.single?.score ?? score.constant)),
            modelGain: meanGain(all.map((score) => score.single?.modelGain ?? null)),
          }
        : null,
    naive: null,
  };
}

/** Half-widths are averaged, not combined as if independent: the outputs share their rows. */
function meanGain(gains: readonly MetricScores['gain'][]): MetricScores['gain'] {
  const known = gains.flatMap((gain) => (gain === null ? [] : [gain]));
  if (known.length < gains.length) return null;
  const widths = known.map((gain) => gain.halfWidth);
  const halfWidth = widths.some((width) => width === null) ? null : mean(widths.map((width) => width ?? 0));
  return { value: mean(known.map((gain) => gain.value)), halfWidth };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
