// LEK006 to LEK009: a column that gives the target away.
import { type Plant, plants } from '../plant.ts';
import { addFeature, noise, random } from './rows.ts';

const number = (text: string): number => Number(text);

export const columnPlants: readonly Plant[] = [
  ...plants('LEK006', 'a code that is given after the outcome', ['multiclass', 'ordinal'], (draft) => {
    const draw = random(2);
    const codes = new Map<string, string>();
    return addFeature(draft, 'code', (target) => {
      if (!codes.has(target)) codes.set(target, `c${(codes.size * 7) % 10}`);
      return draw() < 0.01 ? 'c5' : (codes.get(target) ?? '');
    });
  }),
  ...plants('LEK006', 'a dose that only one class gets', ['binary'], (draft) => {
    const draw = random(3);
    return addFeature(draft, 'dose', (target) =>
      (target === 'yes' ? 40 + 5 * noise(draw) : 10 + 5 * noise(draw)).toFixed(1),
    );
  }),
  ...plants('LEK006', 'a tax that is computed from the target', ['regression', 'relational'], (draft) => {
    const draw = random(4);
    return addFeature(draft, 'tax', (target) =>
      (0.19 * number(target) + 0.004 * number(target) * noise(draw)).toFixed(2),
    );
  }),
  ...plants('LEK006', 'a later measurement of the same thing', ['time split'], (draft) => {
    const draw = random(5);
    return addFeature(draft, 'checked', (target) => (number(target) + 0.5 * noise(draw)).toFixed(2));
  }),

  ...plants('LEK007', 'the last digit of a number is the class', ['binary'], (draft) => {
    const draw = random(6);
    return addFeature(draft, 'tag', (target) => `N${Math.floor(1000 + 8999 * draw())}A${target === 'yes' ? 1 : 2}`);
  }),
  ...plants('LEK007', 'a label begins with the group', ['multiclass'], (draft) => {
    const draw = random(7);
    const letter: Record<string, string> = { ash: 'X', birch: 'K', cedar: 'P', elm: 'W' };
    return addFeature(draft, 'label no', (target) => `${letter[target]}${Math.floor(100_000 * draw())}`);
  }),
  ...plants('LEK007', 'odd file numbers are the positives', ['binary'], (draft) => {
    const draw = random(8);
    return addFeature(
      draft,
      'file no',
      (target) => `F-${2 * Math.floor(40_000 * draw()) + (target === 'yes' ? 1 : 0)}`,
    );
  }),

  ...plants('LEK008', 'a date that only one class has', ['binary'], (draft) => {
    const draw = random(9);
    return addFeature(draft, 'visit', (target) =>
      (target === 'yes') === draw() < 0.97 ? `2024-0${1 + Math.floor(9 * draw())}-11` : '',
    );
  }),
  ...plants('LEK008', 'cells that are filled for some classes', ['text'], (draft) => {
    const draw = random(10);
    return addFeature(draft, 'crown', (target) =>
      (target === 'farm') === draw() < 0.98 ? (10 * draw()).toFixed(1) : '',
    );
  }),
  ...plants('LEK008', 'a pattern over three columns', ['multiclass'], async (draft) => {
    const draw = random(11);
    const filled: Record<string, string> = { ash: '100', birch: '010', cedar: '001', elm: '111' };
    for (const [place, name] of ['first', 'second', 'third'].entries()) {
      await addFeature(draft, name, (target) =>
        (filled[target]?.[place] === '1') === draw() < 0.99 ? (9 * draw()).toFixed(1) : '',
      );
    }
  }),
  ...plants('LEK008', 'a fee that is filled in when it is high', ['regression'], (draft) => {
    const draw = random(12);
    return addFeature(draft, 'extra', (target) => (number(target) > 1100 ? (50 * draw()).toFixed(0) : ''));
  }),

  ...plants('LEK009', 'a title that begins with the number', ['regression', 'ordinal'], (draft) => {
    const draw = random(13);
    return addFeature(
      draft,
      'title',
      (target) => `No ${target} - seen near house ${Math.floor(90 * draw())} on the hill`,
    );
  }),
  ...plants('LEK009', 'a note that names the class', ['multiclass', 'text'], (draft) => {
    const draw = random(14);
    const places = ['gate', 'wall', 'brook', 'field', 'chapel'];
    return addFeature(
      draft,
      'note',
      (target) => `looks like ${target} by the ${places[Math.floor(5 * draw())]}, path ${Math.floor(99 * draw())}`,
    );
  }),
  ...plants('LEK009', 'a note that names the class in most rows', ['multiclass'], (draft) => {
    const draw = random(15);
    return addFeature(
      draft,
      'remark',
      (target) =>
        `${draw() < 0.7 ? target : 'tree'} number ${Math.floor(9999 * draw())} at stop ${Math.floor(99 * draw())}`,
    );
  }),
];
