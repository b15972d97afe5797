// Stretches of time in the unit that people would name: a year, 48 hours, about 13 years.
import { count } from './figures.ts';

const DAY = 86_400;
const YEAR = 365.25 * DAY;

interface StepUnit {
  readonly words: string;
  readonly seconds: number;
}

const units: readonly StepUnit[] = [
  { words: 'hours', seconds: 3600 },
  { words: 'days', seconds: DAY },
  { words: 'weeks', seconds: 7 * DAY },
  { words: 'months', seconds: YEAR / 12 },
  { words: 'years', seconds: YEAR },
];
/** A step counts as one of these when it is this close to it; months differ by more. */
const TOLERANCE = 0.05;
const MONTH_TOLERANCE = 0.09;
/** A stretch this close to whole years is told in years without "about". */
const NEARLY = 0.03;
/** Longer stretches are told in years, even where they are not whole. */
const MANY_YEARS = 3;

/** In units of which there are fewer the number would be rounded too far. */
const FEW = 10;

/** The unit that a step is one of, or null. */
export function stepUnit(seconds: number): StepUnit | null {
  return units.find((unit) => Math.abs(seconds - unit.seconds) <= toleranceOf(unit) * unit.seconds) ?? null;
}

function toleranceOf(unit: StepUnit): number {
  return unit.words === 'months' ? MONTH_TOLERANCE : TOLERANCE;
}

/** How far `seconds` reach, for a series of the given step: in years where they are whole or many, else in steps. */
export function horizonWords(seconds: number, step: number): string {
  const years = seconds / YEAR;
  const whole = Math.max(1, Math.round(years));
  const near = Math.abs(years - whole) <= NEARLY * whole;
  if (near || years > MANY_YEARS) return `${near ? '' : 'about '}${whole === 1 ? 'a year' : `${count(whole)} years`}`;
  const unit = stepUnit(step) ?? units.findLast((item) => item.seconds <= Math.max(step, seconds / FEW));
  return `${count(seconds / (unit?.seconds ?? 1))} ${unit?.words ?? 'seconds'}`;
}
