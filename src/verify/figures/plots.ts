// Draws figures with Observable Plot. It runs in the page and, on a document that is only data, in the core.
import { areaY, axisX, axisY, barX, dot, type PlotOptions, plot, rectY, ruleX, ruleY, text } from '@observablehq/plot';
import type { Plotted } from './figure.ts';
import { number, percent } from './words.ts';

/** The part of an element that finishing needs; elements of browsers have it. */
interface Element {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selectors: string): Iterable<{ removeAttribute(name: string): void; remove(): void }>;
}

const WIDTH = 640;
/** Colours are custom properties, so that a figure follows the theme of its page without being drawn again. */
const COLOURS = { train: 'var(--figure-first)', test: 'var(--figure-second)' } as const;
const NAMES_WIDTH = 150;
const LONGEST_NAME = 22;

/** The figure as an SVG element of `document`, with its sentence as its name. Its style belongs to the page. */
export function drawFigure(figure: Plotted, document: NonNullable<PlotOptions['document']>): Element {
  const svg: Element = plot({ document, className: 'figure-plot', width: WIDTH, ...optionsOf(figure) });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${figure.title}. ${figure.summary}`);
  // Groups have no role and so may not have a name; the table beside the figure says what is in them.
  for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  for (const group of svg.querySelectorAll('[aria-description]')) group.removeAttribute('aria-description');
  // An inline style would need an exception in the page's policy.
  for (const style of svg.querySelectorAll('style')) style.remove();
  return svg;
}

function optionsOf(figure: Plotted): PlotOptions {
  switch (figure.kind) {
    case 'bars':
      return bars(figure);
    case 'histogram':
      return histogram(figure);
    case 'ladder':
      return ladder(figure);
    case 'timeline':
      return timeline(figure);
    case 'wave':
      return wave(figure);
  }
}

type Of<Kind extends Plotted['kind']> = Extract<Plotted, { kind: Kind }>;

/** Bars of both parts side by side; the part is written beside each, so that colour is never alone. */
function bars({ bars: data, axis }: Of<'bars'>): PlotOptions {
  const labels = [...new Set(data.map(({ label }) => label))];
  return {
    height: 46 + labels.length * 40,
    marginLeft: NAMES_WIDTH + 40,
    marginTop: 6,
    marginBottom: 38,
    marginRight: 60,
    x: { label: axis, grid: true, domain: [0, Math.max(0.01, ...data.map(({ share }) => share))], tickFormat: percent },
    y: { label: null, domain: ['train', 'test'] },
    fy: { label: null, domain: labels, axis: null, padding: 0.15 },
    marks: [
      axisY({ tickSize: 0 }),
      text(labels, {
        fy: (label: string) => label,
        text: (label: string) => short(label),
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -48,
      }),
      barX(data, { x: 'share', y: 'part', fy: 'label', fill: ({ part }: { part: Part }) => COLOURS[part] }),
      text(data, {
        x: 'share',
        y: 'part',
        fy: 'label',
        text: ({ share }: { share: number }) => percent(share),
        textAnchor: 'start',
        dx: 4,
      }),
    ],
  };
}

type Part = keyof typeof COLOURS;

function histogram({ bins, axis }: Of<'histogram'>): PlotOptions {
  return {
    height: 260,
    marginLeft: 56,
    marginRight: 56,
    marginBottom: 38,
    x: { label: short(axis), tickFormat: number },
    y: { label: 'Share of the part', grid: true, tickFormat: percent, ticks: 3 },
    fy: { label: null, domain: ['train', 'test'] },
    marks: [
      rectY(bins, {
        x1: 'from',
        x2: 'to',
        y: 'share',
        fy: 'part',
        fill: ({ part }: { part: Part }) => COLOURS[part],
        insetLeft: 0.5,
        insetRight: 0.5,
      }),
      ruleY([0]),
    ],
  };
}

function ladder({ rungs, best, axis }: Of<'ladder'>): PlotOptions {
  const goal = best === null ? [] : [best];
  return {
    height: 60 + rungs.length * 34,
    marginLeft: 80,
    marginRight: 70,
    marginTop: 24,
    marginBottom: 38,
    x: { label: axis, grid: true, nice: true, tickFormat: number },
    y: { label: null, domain: rungs.map(({ name }) => name).reverse() },
    marks: [
      axisY({ tickSize: 0 }),
      ruleX(goal, { stroke: 'var(--figure-good)', strokeDasharray: '4 3', strokeWidth: 1.5 }),
      text(goal, { x: (value: number) => value, text: () => 'best', frameAnchor: 'top', dy: -12 }),
      ruleY(rungs, { x1: 'low', x2: 'high', y: 'name', stroke: 'var(--figure-first)', strokeWidth: 2 }),
      dot(rungs, { x: 'score', y: 'name', fill: 'var(--figure-first)', r: 5 }),
      text(rungs, { x: 'score', y: 'name', text: ({ score }: { score: number }) => number(score), dy: -13 }),
    ],
  };
}

function timeline({ stages }: Of<'timeline'>): PlotOptions {
  return {
    height: 46 + stages.length * 22,
    marginLeft: NAMES_WIDTH,
    marginRight: 60,
    marginTop: 6,
    marginBottom: 38,
    x: { label: 'Seconds since the start', grid: true },
    y: { label: null, domain: stages.map(({ name }) => name) },
    marks: [
      axisY({ tickSize: 0 }),
      barX(stages, { x1: 'from', x2: 'to', y: 'name', fill: 'var(--figure-first)' }),
      text(stages, {
        x: 'to',
        y: 'name',
        text: ({ from, to }: { from: number; to: number }) => `${(to - from).toFixed(1)} s`,
        textAnchor: 'start',
        dx: 4,
      }),
    ],
  };
}

function wave({ low, high, seconds }: Of<'wave'>): PlotOptions {
  const points = low.map((lowest, index) => ({
    at: (index / Math.max(1, low.length - 1)) * seconds,
    lowest,
    highest: high[index] ?? lowest,
  }));
  return {
    height: 110,
    marginLeft: 30,
    marginBottom: 32,
    x: { label: 'Seconds' },
    y: { label: null, axis: null, domain: [-1, 1] },
    marks: [
      axisX({ ticks: 5 }),
      ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
      areaY(points, { x: 'at', y1: 'lowest', y2: 'highest', fill: 'var(--figure-first)' }),
    ],
  };
}

function short(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}\u2026`;
}
