// The catalogue of family STA: how much a score on the test part can tell.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('STA');

export const statisticsCatalogue = {
  precision: row('STA001', 'warning', {
    title: 'The score of every baseline is known to within a part of the ladder.',
    why: 'Where an interval is as wide as the whole ladder, plausible scores lie closer together than their uncertainty: the board is crowded.',
    measured:
      'Percentile bootstrap of the test rows by the metric itself, seeded, clustered by the groups of the split (400, 200 or 100 draws by test size, since each is a call of metric.py). Widest 95 % interval against the way from constant to strong: as wide is a warning, half as wide information.',
    remedy: 'Hold out as many rows as the message says, or choose a metric that uses more of each prediction.',
  }),
  defined: row('STA002', 'warning', {
    title: 'The metric is defined on every test part like this one.',
    why: 'A metric that another draw of the same rows leaves without a value hangs on a handful of them.',
    measured: 'Share of bootstrap draws on which evaluate gives no finite number; one in a hundred is too many.',
    remedy: 'Hold out more rows of the rare class, or let metric.py define the case.',
  }),
  effective: row('STA003', 'warning', {
    title: 'The test part is large enough in groups, not only in rows.',
    why: 'Rows of one patient or one place say the same thing several times: a thousand rows of ten speakers are ten opinions.',
    measured:
      'Design effect = variance of the strong score with whole groups drawn over that with single rows drawn; rows divided by it under 200, or fewer than 30 groups, in a test part that has 200 rows (quality floor of PRE011; for 30 clusters see Cameron, Gelbach & Miller 2008).',
    remedy: 'Hold out more groups, if need be with fewer rows of each.',
  }),
  resolution: row('STA004', 'warning', {
    title: 'The step from the simple to the strong baseline is one that the test part can resolve.',
    why: 'A step below the smallest detectable difference is found again in fewer than four of five test parts.',
    measured:
      'Smallest detectable difference = 2.80 standard errors of the paired difference (two-sided 5 %, power 80 %); only where EXE006 has not already failed to tell the two apart.',
    remedy: 'Hold out as many rows as the message says, or replace the baseline that adds little.',
  }),
  saturation: row('STA005', 'warning', {
    title: 'An entry that halves what the strong baseline leaves open can be told from it.',
    why: 'On a nearly solved task every good entry ties, and luck decides the board.',
    measured:
      'An entry is made that has every second test row right and agrees with the strong baseline elsewhere; its paired gain must reach 2.80 of its standard errors. Only where EXE007 has not already found the best score reached.',
    remedy: 'Hold out more rows, or choose a harder target or split.',
  }),
  stability: row('STA006', 'warning', {
    title: 'Both halves of the test part rank the baselines alike.',
    why: 'A public and a private board that disagree reward the wrong entry (parts of 1,448 rows differed by up to 10 % in a simulation of AIcrowd).',
    measured:
      'Split by time: the earlier half against the later one; a gain that is clear on the whole and clearly reversed in a half is a warning. Otherwise random halves: the chance that they rank the constant and the simple baseline differently, from the paired bootstrap, over 1 % is a warning (EXE006 and STA004 judge the other cases).',
    remedy: 'Hold out more rows; with time, test on a period in which the relation holds, or describe the change.',
  }),
  ceiling: row('STA007', 'warning', {
    title: 'Contradicting answers on equal rows leave room above the strong baseline.',
    why: 'Rows that agree in every feature and differ in the answer bound the score: no solver closes that part of the headroom.',
    measured:
      'Rows of both parts are grouped by their features as written; an entry that gives each group its common answer and is right elsewhere is scored by metric.py. It must leave more than three quarters of the way from strong to best.',
    remedy: 'Add the feature that tells these rows apart, merge them, or clean their answers.',
  }),
  learning: row('STA008', 'warning', {
    title: 'More training rows give a better score.',
    why: 'A metric on which a model that has seen a tenth of the data does as well does not measure what is learnt.',
    measured:
      'The simple baseline, which takes a second, is trained on 10, 30 and 100 % of train.csv (nested draws, class by class); paired bootstrap of the gain from 10 to 100 %. A clear loss against 10 and against 30 % is a warning, no clear gain information. Skipped for forecasts, large public folders (50 MB, 2 million cells) and fewer than 1,000 train rows.',
    remedy:
      'Look for a look-up or a shift between the parts; or choose a metric and a simple baseline that use the data.',
  }),
  rarest: row('STA009', 'warning', {
    title: 'No small class decides the score.',
    why: 'A macro metric is as noisy as its rarest class.',
    measured:
      'Jackknife of the strong score: the share of its variance that comes from each class. A class with under 50 test rows (a test part of that size would be refused), under half of its equal share of rows, that carries over half of the variance. Classes under 10 rows are PRE012.',
    remedy: 'Hold out more rows of the class, merge it with another, or choose a metric that weighs rows equally.',
  }),
  tails: row('STA010', 'warning', {
    title: 'No handful of rows decides the squared error.',
    why: 'Where a hundredth of the rows carries most of the error, a board ranks guesses about outliers.',
    measured:
      'Share of the squared error of the strong baseline in its worst percent of rows; for normal errors it is 8 %, half is too much. Root mean squared error and R² only.',
    remedy: 'Score logarithms or absolute errors, cap the target, or leave rows out that no feature explains.',
  }),
  shift: row('STA011', 'warning', {
    title: 'A random split gives both parts the same mix of answers.',
    why: 'A shift that nobody wanted makes validation scores and test scores disagree.',
    measured:
      'Chi-squared test of the classes, Kolmogorov-Smirnov test of numbers, p under 0.001 and a difference of shares over 5 points; random and stratified splits.',
    remedy: 'Draw the split by a seed over all rows, stratified by the target; or declare the split that it is.',
  }),
} as const satisfies Record<string, Check>;
