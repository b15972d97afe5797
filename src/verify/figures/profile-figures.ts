// The figures about the data of a task: its targets in both parts, missing values, and samples to look at.
import { visible } from '../report/escape.ts';
import { type Figure, parts } from './figure.ts';
import type { Distribution, MeasuredFigures } from './measured.ts';
import { number, percent } from './words.ts';

/** All figures that the measurement gives, in reading order. */
export function profileFigures(measured: MeasuredFigures): Figure[] {
  return [
    ...measured.targets.map(targetFigure),
    missingFigure(measured.missing),
    ...textFigures(measured.texts),
    ...mediaFigures(measured.media),
  ];
}

function targetFigure(target: Distribution, index: number): Figure {
  const { classes, histogram, missing } = target;
  const name = visible(target.name);
  const id = `target-${index}`;
  const title = `Target: ${name}`;
  const lacking = missing[0] + missing[1];
  const note = lacking === 0 ? '' : ` ${lacking} values are missing.`;
  if (histogram !== null) return histogramFigure(id, title, name, histogram, note);
  return classFigure(id, title, classes ?? { shown: [], rest: { classes: 0, train: 0, test: 0 } }, note);
}

type Classes = NonNullable<Distribution['classes']>;
type Histogram = NonNullable<Distribution['histogram']>;

function classFigure(id: string, title: string, { shown, rest }: Classes, note: string): Figure {
  const other =
    rest.classes === 0 ? [] : [{ label: `${rest.classes} more classes`, train: rest.train, test: rest.test }];
  const rows = [...shown, ...other].map((row) => ({ ...row, label: visible(row.label) }));
  const total = { train: sum(rows.map((row) => row.train)), test: sum(rows.map((row) => row.test)) };
  const share = (row: (typeof rows)[number], part: 'train' | 'test') => row[part] / Math.max(1, total[part]);
  const [first] = rows;
  const of = first === undefined ? 0 : (first.train + first.test) / Math.max(1, total.train + total.test);
  const most = first === undefined ? '' : ` The most frequent is ${first.label} with ${percent(of)} of the rows.`;
  return {
    kind: 'bars',
    id,
    title,
    summary: `${shown.length + rest.classes} classes.${most}${note}`,
    axis: 'Share of the part',
    bars: rows.flatMap((row) => parts.map((part) => ({ label: row.label, part, share: share(row, part) }))),
    table: {
      header: ['Class', 'Train rows', 'Train share', 'Test rows', 'Test share'],
      rows: rows.map((row) => [row.label, ...parts.flatMap((part) => [String(row[part]), percent(share(row, part))])]),
    },
  };
}

function histogramFigure(id: string, title: string, axis: string, told: Histogram, note: string): Figure {
  const { edges, outside, minimum, maximum } = told;
  const total = { train: sum(told.train), test: sum(told.test) };
  const bins = edges.slice(0, -1).map((from, index) => ({ from, to: edges[index + 1] ?? from, index }));
  const share = (part: 'train' | 'test', index: number) => (told[part][index] ?? 0) / Math.max(1, total[part]);
  const beyond = outside === 0 ? '' : ` ${outside} values lie outside of the picture.`;
  return {
    kind: 'histogram',
    id,
    title,
    summary: `Numbers from ${number(minimum)} to ${number(maximum)}.${beyond}${note}`,
    axis,
    bins: parts.flatMap((part) => bins.map(({ from, to, index }) => ({ from, to, part, share: share(part, index) }))),
    table: {
      header: ['From', 'To', 'Train rows', 'Train share', 'Test rows', 'Test share'],
      rows: bins.map(({ from, to, index }) => [
        number(from),
        number(to),
        ...parts.flatMap((part) => [String(told[part][index] ?? 0), percent(share(part, index))]),
      ]),
    },
  };
}

function missingFigure({ columns, lacking, all }: MeasuredFigures['missing']): Figure {
  const shown = lacking > columns.length ? ` The ${columns.length} with the most are shown.` : '';
  const summary =
    lacking === 0
      ? `None of the ${all} columns has an empty cell.`
      : `${lacking} of ${all} columns have empty cells.${shown}`;
  const cell = (share: number | null) => (share === null ? 'not in this part' : percent(share));
  return {
    kind: 'bars',
    id: 'missing',
    title: 'Missing values',
    summary,
    axis: 'Share of empty cells',
    bars: columns.flatMap((row) =>
      parts.flatMap((part) => {
        const share = row[part];
        return share === null ? [] : [{ label: visible(row.column), part, share }];
      }),
    ),
    table: {
      header: ['Column', 'Train', 'Test'],
      rows: columns.map(({ column, train, test }) => [visible(column), cell(train), cell(test)]),
    },
  };
}

function textFigures(texts: MeasuredFigures['texts']): Figure[] {
  if (texts === null) return [];
  const samples = texts.samples.map(({ text, label }) => ({ text: visible(text), label: visible(label) }));
  const summary = `${samples.length} rows of the column ${visible(texts.column)} in train.csv.`;
  return [{ kind: 'texts', id: 'texts', title: 'Samples of text', summary, texts: samples }];
}

function mediaFigures({ pictures, sounds, unread }: MeasuredFigures['media']): Figure[] {
  const note = unread === 0 ? '' : ` ${unread} files could not be read.`;
  const figures: Figure[] = [];
  if (pictures.length > 0)
    figures.push({
      kind: 'pictures',
      id: 'pictures',
      title: 'Samples of pictures',
      summary: `${pictures.length} files of train.csv, made smaller.${note}`,
      pictures: pictures.map(({ source, label, width, height }) => ({
        source,
        label: visible(label),
        size: [width, height],
      })),
    });
  for (const [index, { label, seconds, shown, low, high }] of sounds.entries())
    figures.push({
      kind: 'wave',
      id: `sound-${index}`,
      title: `Sound ${index + 1}: ${visible(label)}`,
      summary: `${number(seconds)} seconds; loudest at ${percent(Math.max(0, ...high, ...low.map((value) => -value)))} of the range.`,
      seconds: shown,
      low,
      high,
      table: waveTable(shown, low, high),
    });
  return figures;
}

/** Rows of the table: as many as a person reads. */
const WAVE_ROWS = 10;

function waveTable(seconds: number, low: readonly number[], high: readonly number[]) {
  const step = Math.max(1, Math.ceil(low.length / WAVE_ROWS));
  const rows: string[][] = [];
  for (let from = 0; from < low.length; from += step) {
    const at = (from / Math.max(1, low.length)) * seconds;
    rows.push([
      number(at),
      number(Math.min(...low.slice(from, from + step))),
      number(Math.max(...high.slice(from, from + step))),
    ]);
  }
  return { header: ['From second', 'Lowest', 'Highest'], rows };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
