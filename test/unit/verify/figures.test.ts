// Figures of a report: what they say, and that no text of a dataset becomes markup when they are drawn.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHTML } from 'linkedom';
import { type Figure, figureSchema } from '../../../src/verify/figures/figure.ts';
import type { MeasuredFigures } from '../../../src/verify/figures/measured.ts';
import { drawFigure } from '../../../src/verify/figures/plots.ts';
import { profileFigures } from '../../../src/verify/figures/profile-figures.ts';
import { ladderFigure, timelineFigure } from '../../../src/verify/figures/score-figures.ts';
import { duration, percent } from '../../../src/verify/figures/words.ts';
import { figuresHtml } from '../../../src/verify/report/figures-html.ts';
import { specOf } from '../../support/packages.ts';

const hostile = `"><script>alert(1)</script>\u202E&'`;

const measured: MeasuredFigures = {
  targets: [
    {
      name: hostile,
      classes: {
        shown: [
          { label: hostile, train: 6, test: 1 },
          { label: 'oats', train: 2, test: 1 },
        ],
        rest: { classes: 3, train: 2, test: 0 },
      },
      histogram: null,
      missing: [1, 0],
    },
    {
      name: 'price',
      classes: null,
      histogram: { edges: [0, 1, 2], train: [3, 1], test: [1, 0], outside: 2, minimum: -50, maximum: 90 },
      missing: [0, 0],
    },
  ],
  missing: { columns: [{ column: hostile, train: 0.5, test: null }], lacking: 1, all: 4 },
  texts: { column: hostile, samples: [{ text: hostile, label: hostile }] },
  media: {
    pictures: [{ label: hostile, source: 'data:image/png;base64,AAAA', width: 3, height: 2 }],
    sounds: [{ label: hostile, seconds: 2, shown: 2, low: [-0.5, -0.1], high: [0.4, 0.2] }],
    unread: 1,
  },
};

const rungs = [
  { name: 'constant', score: 0.5, ci95: [0.4, 0.6], gain: null },
  { name: 'strong', score: 0.9, ci95: [0.8, 0.95], gain: { value: 0.4, ci95: [0.3, 0.5] } },
] as const;

function all(): Figure[] {
  const ladder = ladderFigure(
    rungs.map((rung) => ({ ...rung, ci95: [rung.ci95[0], rung.ci95[1]], gain: null })),
    specOf('a-task'),
  );
  const timeline = timelineFigure([{ stage: 'design', ms: 1200, reused: false }], 'no model was used');
  return [...profileFigures(measured), ladder, timeline].filter((figure) => figure !== null);
}

/** The SVG that a figure becomes, as an XML-like text. */
function drawn(figure: Figure): string {
  if (figure.kind === 'pictures' || figure.kind === 'texts') return '';
  return drawFigure(figure, parseHTML('<!doctype html><html><body></body></html>').document).outerHTML;
}

describe('figures about the data', () => {
  const [classes, histogram, missing] = profileFigures(measured);

  it('compare shares of the parts, since the parts differ in size', () => {
    assert.ok(classes?.kind === 'bars');
    assert.deepEqual(
      classes.bars.map(({ part, share }) => `${part} ${share}`),
      ['train 0.6', 'test 0.5', 'train 0.2', 'test 0.5', 'train 0.2', 'test 0'],
    );
    assert.match(classes.summary, /^5 classes\. .* 58\.3 % of the rows\. 1 values are missing\.$/);
  });

  it('say how many values a histogram leaves out', () => {
    assert.match(histogram?.summary ?? '', /Numbers from -50 to 90\. 2 values lie outside/);
  });

  it('draw no bar for a column that a part does not have, and say so in the table', () => {
    assert.ok(missing?.kind === 'bars');
    assert.equal(missing.bars.length, 1);
    assert.equal(missing.table.rows[0]?.[2], 'not in this part');
  });

  it('say in words that nothing is missing', () => {
    const none = { ...measured, missing: { columns: [], lacking: 0, all: 4 } };
    assert.match(profileFigures(none)[2]?.summary ?? '', /None of the 4 columns has an empty cell/);
  });
});

describe('the ladder', () => {
  const spec = specOf('a-task', {
    metric: { name: 'rmse', direction: 'minimize', best: 0, worst: null, reason: 'It fits.' },
  });
  const far = [
    { name: 'constant' as const, score: 101, ci95: [100, 102] as [number, number], gain: null },
    { name: 'strong' as const, score: 98, ci95: [97, 99] as [number, number], gain: null },
  ];

  it('leaves the best score out of the picture where it would squeeze the rungs, and tells it in words', () => {
    const figure = ladderFigure(far, spec);
    assert.ok(figure?.kind === 'ladder');
    assert.equal(figure.best, null);
    assert.match(figure.summary, /lower is better; the best score is 0\./);
  });

  it('is absent without a score', () => {
    assert.equal(ladderFigure([], spec), null);
  });
});

describe('drawing', () => {
  it('follows the schema of the page for every kind', () => {
    for (const figure of all()) assert.deepEqual(figureSchema.parse(figure), figure);
  });

  it('names the drawing, leaves no name on its groups, no inline style, and no text of a dataset as markup', () => {
    for (const figure of all()) {
      const svg = drawn(figure);
      if (svg === '') continue;
      const bare = svg.replace(/ aria-label="[^"]*"/, '');
      assert.ok(bare.length < svg.length && !/aria-label|aria-description|<script|<style|\u202E/.test(bare), bare);
      const made = parseHTML(`<body>${svg}</body>`).document.querySelector('svg');
      const name = made?.getAttribute('aria-label');
      assert.equal(made?.getAttribute('role'), 'img');
      assert.equal(name, `${figure.title}. ${figure.summary}`);
    }
  });

  it('takes its colours from the page', () => {
    const [classes] = all();
    assert.match(
      classes === undefined ? '' : drawn(classes),
      /fill="var\(--figure-first\)"[\s\S]*fill="var\(--figure-second\)"/,
    );
  });
});

describe('the figures of the HTML report', () => {
  it('are all there, each with its table, and no text of a dataset is markup', async () => {
    const figures = all();
    const page = await figuresHtml(figures);
    const { document } = parseHTML(`<body>${page}</body>`);
    assert.equal(document.querySelectorAll('figure').length, figures.length);
    assert.equal(
      document.querySelectorAll('figure svg').length,
      document.querySelectorAll('figure details table').length,
    );
    assert.equal(document.querySelectorAll('script, style, [onerror]').length, 0);
    assert.deepEqual(
      [...document.querySelectorAll('img')].map((image) => image.getAttribute('src')),
      ['data:image/png;base64,AAAA'],
    );
  });

  it('are nothing without a figure', async () => {
    assert.equal(await figuresHtml([]), '');
  });
});

describe('words', () => {
  it('do not round something to nothing', () => {
    assert.deepEqual([percent(0), percent(0.0004), percent(0.126), percent(1)], ['0 %', '< 0.1 %', '12.6 %', '100 %']);
  });

  it('give durations as people say them', () => {
    assert.deepEqual([duration(430), duration(12_300), duration(185_000)], ['0.4 s', '12 s', '3 min 5 s']);
  });
});
