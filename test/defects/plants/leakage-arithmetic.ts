// LEK010: columns that give the target away together.
import { position } from '../csv-table.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';
import { addFeature, noise, random, test, train } from './rows.ts';

const number = (text: string): number => Number(text);
/** A share that varies from row to row, never tiny. */
const part = (draw: () => number): number => 0.2 + 0.6 * draw();
const pick = <Item>(items: readonly Item[], draw: () => number): Item =>
  items[Math.floor(items.length * draw())] as Item;
const whole = (most: number, draw: () => number): number => Math.floor((most + 1) * draw());

/** Columns whose values in one row depend on each other. */
async function addColumns(
  draft: Draft,
  names: readonly string[],
  values: (target: string, id: string) => readonly string[],
): Promise<void> {
  const made = new Map<string, readonly string[]>();
  for (const [place, name] of names.entries()) {
    await addFeature(draft, name, (target, [id = '']) => {
      const cells = made.get(id) ?? values(target, id);
      made.set(id, cells);
      return cells[place] ?? '';
    });
  }
}

/** A feature that the package has, by the id of the row. */
async function known(draft: Draft, name: string): Promise<ReadonlyMap<string, number>> {
  const cells = new Map<string, number>();
  for (const file of [train, test]) {
    const table = await draft.table(file);
    const at = position(table, name);
    for (const row of table.rows) cells.set(row[0] ?? '', number(row[at] ?? ''));
  }
  return cells;
}

const sums: readonly Plant[] = [
  ...plants('LEK010', 'the target is the sum of two columns', ['regression', 'relational'], (draft) => {
    const draw = random(16);
    return addColumns(draft, ['basic', 'surcharge'], (target) => {
      const basic = (number(target) * part(draw)).toFixed(2);
      return [basic, (number(target) - number(basic)).toFixed(2)];
    });
  }),
  ...plants('LEK010', 'the target is the sum of three columns', ['regression', 'time split'], (draft) => {
    const draw = random(19);
    return addColumns(draft, ['first third', 'second third', 'last third'], (target) => {
      const cuts = [0.2 + 0.3 * draw(), 0.6 + 0.25 * draw()].map((share) => (number(target) * share).toFixed(2));
      const [low, high] = [number(cuts[0] ?? ''), number(cuts[1] ?? '')];
      return [low, high - low, number(target) - high].map((cell) => cell.toFixed(2));
    });
  }),
  ...plants('LEK010', 'two parts add up to the target but for a fee', ['regression', 'relational'], (draft) => {
    const draw = random(20);
    return addColumns(draft, ['cold', 'heating'], (target) => {
      const charged = number(target) * (1 - 0.01 * whole(3, draw));
      const cold = charged * part(draw);
      return [cold.toFixed(2), (charged - cold).toFixed(2)];
    });
  }),
  ...plants('LEK010', 'four parts add up to the target but for a rest', ['regression', 'time split'], (draft) => {
    const draw = random(21);
    return addColumns(draft, ['north', 'east', 'south', 'west'], (target) => {
      const shares = [0.5, 0.25, 0.15, 0.09].map((share) => share * (0.98 + 0.04 * draw()));
      return shares.map((share) => (number(target) * share + 6 * noise(draw)).toFixed(1));
    });
  }),
  ...plants('LEK010', 'the target is the mean of two readings', ['regression', 'relational'], (draft) => {
    const draw = random(22);
    return addColumns(draft, ['reading a', 'reading b'], (target) => {
      const apart = number(target) * (draw() - 0.5);
      return [(number(target) + apart).toFixed(2), (number(target) - apart).toFixed(2)];
    });
  }),
  ...plants('LEK010', 'the target is a weighted sum of two marks', ['regression', 'time split'], (draft) => {
    const draw = random(23);
    return addColumns(draft, ['written', 'spoken'], (target) => {
      const written = number(target) * (0.6 + 0.8 * draw());
      return [written.toFixed(2), ((number(target) - 0.7 * written) / 0.3).toFixed(2)];
    });
  }),
  ...plants('LEK010', 'the target is what was gained since before', ['regression', 'time split'], (draft) => {
    const draw = random(24);
    return addColumns(draft, ['before', 'after'], (target) => {
      const before = (2000 * draw()).toFixed(2);
      return [before, (number(before) + number(target)).toFixed(2)];
    });
  }),
  ...plants(
    'LEK010',
    'what was gained, told before both weights were rounded',
    ['regression', 'relational'],
    (draft) => {
      const draw = random(35);
      return addColumns(draft, ['before', 'after'], (target) => {
        const before = 2000 * draw();
        return [before.toFixed(0), (before + number(target)).toFixed(0)];
      });
    },
  ),
  ...plants('LEK010', 'a level counts the points of three judges', ['ordinal'], (draft) => {
    const draw = random(25);
    return addColumns(draft, ['look', 'smell', 'taste'], (target) => {
      const points = [0, 0, 0];
      for (let given = 0; given < number(target); ) {
        const judge = whole(2, draw);
        if ((points[judge] ?? 0) === 2) continue;
        points[judge] = (points[judge] ?? 0) + 1;
        given += 1;
      }
      return points.map(String);
    });
  }),
];

const products: readonly Plant[] = [
  ...plants('LEK010', 'the target is the ratio of two columns', ['regression', 'relational'], (draft) => {
    const draw = random(17);
    return addColumns(draft, ['months', 'paid'], (target) => {
      const months = 6 + whole(29, draw);
      return [String(months), String(number(target) * months)];
    });
  }),
  ...plants(
    'LEK010',
    'a rate that was worked out before its parts were rounded',
    ['regression', 'time split'],
    (draft) => {
      const draw = random(36);
      return addColumns(draft, ['hours', 'paid'], (target) => {
        const hours = 2 + 18 * draw();
        return [hours.toFixed(1), (number(target) * hours).toFixed(0)];
      });
    },
  ),
  ...plants('LEK010', 'the target is a count times a price', ['regression', 'relational'], (draft) => {
    const draw = random(26);
    return addColumns(draft, ['count', 'price'], (target) => {
      const count = 1 + whole(11, draw);
      return [String(count), String(number(target) / count)];
    });
  }),
  ...plants('LEK010', 'a price for each unit, rounded, of a size that is known', ['regression'], async (draft) => {
    const areas = await known(draft, 'area');
    return addFeature(draft, 'per metre', (target, [id = '']) =>
      (number(target) / (areas.get(id) ?? Number.NaN)).toFixed(1),
    );
  }),
  ...plants('LEK010', 'hours times a rate that changed now and then', ['relational', 'time split'], (draft) => {
    const draw = random(27);
    return addColumns(draft, ['hours', 'rate'], (target) => {
      const hours = 2 + 38 * draw();
      return [hours.toFixed(1), ((number(target) / hours) * (1 + 0.02 * noise(draw))).toFixed(3)];
    });
  }),
];

const comparisons: readonly Plant[] = [
  ...plants('LEK010', 'the class is which of two numbers is larger', ['binary'], (draft) => {
    const draw = random(18);
    return addColumns(draft, ['limit', 'reading'], (target) => {
      const limit = 100 * draw();
      const reading = target === 'yes' ? limit + 1 + 20 * draw() : limit - 1 - 20 * draw();
      return [limit.toFixed(2), reading.toFixed(2)];
    });
  }),
  ...plants('LEK010', 'the class is who scored more, where a draw is no win', ['binary'], (draft) => {
    const draw = random(28);
    return addColumns(draft, ['points for', 'points against'], (target) => {
      const [low, more] = [60 + whole(50, draw), whole(9, draw)];
      return target === 'yes' ? [String(low + more + 1), String(low)] : [String(low), String(low + more)];
    });
  }),
  ...plants('LEK010', 'the target is the better of two attempts', ['regression', 'time split'], (draft) => {
    const draw = random(29);
    return addColumns(draft, ['first attempt', 'second attempt'], (target) => {
      const worse = (number(target) * draw()).toFixed(2);
      return draw() < 0.5 ? [target, worse] : [worse, target];
    });
  }),
  ...plants('LEK010', 'the target is the lower of two offers', ['relational'], (draft) => {
    const draw = random(30);
    return addColumns(draft, ['offer a', 'offer b'], (target) => {
      const higher = (number(target) * (1 + draw())).toFixed(2);
      return draw() < 0.5 ? [target, higher] : [higher, target];
    });
  }),
  ...plants('LEK010', 'a copy of the target under another name', ['regression', 'time split'], (draft) =>
    addFeature(draft, 'gauge', (target) => target),
  ),
];

/** Answers of a key that ends at one class; the class is known before it is filled in. */
const KEY: Readonly<Record<string, readonly [string, string]>> = {
  ash: ['feathered', 'opposite'],
  birch: ['simple', 'opposite'],
  cedar: ['simple', 'alternate'],
  elm: ['feathered', 'alternate'],
};

const combinations: readonly Plant[] = [
  ...plants('LEK010', 'a flag that was made of two counts', ['binary'], (draft) => {
    const draw = random(31);
    return addColumns(draft, ['siblings', 'children'], (target) => {
      if (target === 'no') return ['0', '0'];
      const [siblings, children] = [whole(3, draw), whole(2, draw)];
      return siblings + children === 0 ? ['1', '0'] : [String(siblings), String(children)];
    });
  }),
  ...plants('LEK010', 'two answers differ where the class is yes', ['binary'], (draft) => {
    const draw = random(32);
    const wards = ['north', 'south', 'east'];
    return addColumns(draft, ['ward then', 'ward now'], (target) => {
      const then = pick(wards, draw);
      const others = wards.filter((ward) => ward !== then);
      return [then, target === 'yes' ? pick(others, draw) : then];
    });
  }),
  ...plants('LEK010', 'the answers of a key name the class together', ['multiclass'], (draft) =>
    addColumns(draft, ['leaf', 'buds'], (target) => KEY[target] ?? []),
  ),
  ...plants('LEK010', 'the answers of a key name the class but for a slip', ['multiclass'], (draft) => {
    let slipped = false;
    return addColumns(draft, ['leaf', 'buds'], (target) => {
      const slips = target === 'elm' && !slipped;
      slipped ||= slips;
      return KEY[slips ? 'ash' : target] ?? [];
    });
  }),
  ...plants('LEK010', 'a level counts the points of two judges', ['ordinal'], (draft) => {
    const draw = random(33);
    return addColumns(draft, ['judge a', 'judge b'], (target) => {
      const least = Math.max(0, number(target) - 3);
      const first = least + whole(number(target) - 2 * least, draw);
      return [String(first), String(number(target) - first)];
    });
  }),
  ...plants('LEK010', 'two questions sort the messages', ['text'], (draft) => {
    const draw = random(34);
    const answers: Readonly<Record<string, readonly string[]>> = { farm: ['no/no'], town: ['no/yes'] };
    return addColumns(draft, ['ships', 'shops'], (target) =>
      pick(answers[target] ?? ['yes/no', 'yes/yes'], draw).split('/'),
    );
  }),
];

export const arithmeticPlants: readonly Plant[] = [...sums, ...products, ...comparisons, ...combinations];
