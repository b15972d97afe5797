// REV005 and REV008: what the description says of columns and rows, against the tables of data.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { type CheckContext, findingOf } from '../check.ts';
import { cellText, type MarkdownText, type Table, type TableRow } from '../markdown-text.ts';
import { reviewCatalogue as checks } from './catalogue.ts';
import type { ColumnFacts, ReviewFacts } from './probe.ts';

const NAME_HEADING = /^(column|feature|field|variable|name|attribute)s?( name)?$/i;
const TYPE_HEADING = /^(data ?|d)?types?$|^kind$/i;
const GIVEN_HEADING = /^(given|available|present|found) in$|^(in )?(file|part|table)s?$/i;
const NUMERIC_TYPE = /^(number|numeric|integer|int|float|decimal|real|count|continuous|int64|float64|degrees)\b/i;
const INTEGER_TYPE = /^(integer|int|int64|count)\b/i;
const DATE_TYPE = /^(date|time|timestamp|datetime)\b/i;
const TEXT_TYPE = /^(free )?text\b/i;
/** Dirty data hold a few odd cells; a type that a twentieth of the cells break is another type. */
const MOST = 0.95;
/** Stated ranges are rounded: three significant digits, or this part of the range. */
const RANGE_SLACK = 0.02;
const RANGE = /(-?\d[\d,]*(?:\.\d+)?)\s*(?:to|–|\.\.+)\s*(-?\d[\d,]*(?:\.\d+)?)(?![\d-])/;
/** Hits that come by chance once in a thousand descriptions are answers. */
const CHANCE_LOG10 = -3;
/** From so many lines on LEK015 speaks. */
const LEK015_LINES = 10;
const LEK015_SHARE = 0.02;

/** REV005: rows of a table of columns that are not so. */
export function columnTable(manifest: TaskSpec, document: MarkdownText, { columns, targets }: ReviewFacts): Finding[] {
  return document.tables.flatMap((table) => {
    const place = placesOf(table);
    if (place === null || !describesColumns(table, place.name, columns)) return [];
    return table.rows.flatMap((row) => {
      const name = cellText(row.cells[place.name] ?? '');
      const facts = columns[name];
      const report = (message: string, evidence: Finding['evidence']) =>
        findingOf(checks.columns, {
          message,
          file: layout.description,
          range: document.at(row.offset, row.text.length),
          evidence: { column: name, ...evidence },
        });
      if (facts === undefined) {
        const known = manifest.submission.columns.some((column) => column.name === name);
        return known || name === '' || /[,…]|\.\.\./.test(name)
          ? []
          : [report(`The table describes "${name}", which is a column of neither train.csv nor test.csv.`, {})];
      }
      const labels = manifest.target.columns.includes(name) ? askedLabels(manifest, name) : null;
      const classes = targets.find((target) => target.name === name)?.classes ?? {};
      const faults = [
        place.type === null ? null : wrongType(cellText(row.cells[place.type] ?? ''), facts),
        place.given === null ? null : wrongPart(cellText(row.cells[place.given] ?? ''), facts),
        wrongRange(row, place.name, facts),
        labels === null || Object.keys(classes).length === 0 ? null : strangeClass(row, place.name, labels),
      ];
      return faults.flatMap((fault) =>
        fault === null ? [] : [report(`The table says of "${name}" ${fault.what}.`, fault.evidence)],
      );
    });
  });
}

interface Fault {
  readonly what: string;
  readonly evidence: Finding['evidence'];
}

function placesOf({ header }: Table): { name: number; type: number | null; given: number | null } | null {
  const cells = header.cells.map(cellText);
  const find = (pattern: RegExp): number | null => {
    const index = cells.findIndex((cell) => pattern.test(cell));
    return index < 0 ? null : index;
  };
  const name = find(NAME_HEADING);
  return name === null ? null : { name, type: find(TYPE_HEADING), given: find(GIVEN_HEADING) };
}

/** A table of columns names mostly columns; one of files or classes does not. */
function describesColumns(table: Table, name: number, columns: ReviewFacts['columns']): boolean {
  const known = table.rows.filter((row) => Object.hasOwn(columns, cellText(row.cells[name] ?? ''))).length;
  return known > 0 && 2 * known >= table.rows.length;
}

function wrongType(stated: string, { numbers, decimals, dates, known }: ColumnFacts): Fault | null {
  if (known === 0) return null;
  const share = (value: number) => `${Math.round(100 * value)} %`;
  if (NUMERIC_TYPE.test(stated) && numbers < MOST)
    return { what: `"${stated}"; ${share(numbers)} of its cells are numbers`, evidence: { stated, numbers } };
  if (INTEGER_TYPE.test(stated) && decimals > 1 - MOST)
    return { what: `"${stated}"; ${share(decimals)} of its numbers have decimals`, evidence: { stated, decimals } };
  // Years and counted days are times that are written as numbers.
  if (DATE_TYPE.test(stated) && dates < MOST && (numbers < MOST || decimals > 1 - MOST))
    return { what: `"${stated}"; ${share(dates)} of its cells look like one`, evidence: { stated, dates } };
  if (TEXT_TYPE.test(stated) && numbers >= MOST)
    return { what: `"${stated}"; ${share(numbers)} of its cells are numbers`, evidence: { stated, numbers } };
  return null;
}

function wrongPart(stated: string, { train, test }: ColumnFacts): Fault | null {
  const says = (part: string) => new RegExp(`\\b${part}(\\.csv)?\\b`, 'i').test(stated);
  const both = /^both$/i.test(stated);
  if (!both && !says('train') && !says('test')) return null;
  const evidence = { stated, train, test };
  if ((both || says('test')) && !test) return { what: 'that test.csv has it, which is not so', evidence };
  if ((both || says('train')) && !train) return { what: 'that train.csv has it, which is not so', evidence };
  if (!both && !says('test') && test) return { what: 'that only train.csv has it; test.csv has it, too', evidence };
  return null;
}

function wrongRange({ cells }: TableRow, name: number, { numbers, minimum, maximum }: ColumnFacts): Fault | null {
  if (numbers < MOST || minimum === null || maximum === null) return null;
  const match = RANGE.exec(cells.filter((_, index) => index !== name).join(' | '));
  if (match === null) return null;
  const [low, high] = [match[1], match[2]].map((text) => Number((text ?? '').replaceAll(',', '')));
  if (low === undefined || high === undefined || !(low < high)) return null;
  const slack = (bound: number) => Math.max(RANGE_SLACK * (high - low), Math.abs(bound) / 100);
  if (minimum >= low - slack(low) && maximum <= high + slack(high)) return null;
  const what = `that it goes from ${match[1]} to ${match[2]}; its values go from ${minimum} to ${maximum}`;
  return { what, evidence: { stated: match[0], minimum, maximum } };
}

function askedLabels(manifest: TaskSpec, target: string): readonly string[] | null {
  const columns = manifest.submission.columns.filter(({ of }) => of.column === target);
  const allowed = columns.flatMap((column) => column.allowed ?? []);
  return allowed.length > 0 ? allowed : null;
}

/** A class in a "one of ..." of the target that no submission may name. */
function strangeClass({ cells }: TableRow, name: number, labels: readonly string[]): Fault | null {
  const text = cellText(cells.filter((_, index) => index !== name).join(' '));
  const list = /\bone of ([^.;]{1,500})/i.exec(text)?.[1];
  if (list === undefined) return null;
  const named = list.split(/,| or /).map((item) => item.replace(/[“”"']/g, '').trim());
  const strange = named.filter((item) => item !== '' && !/\bmore$|^\d+ /.test(item) && !labels.includes(item));
  // None of them known: the list speaks of something else, or names classes by their meaning.
  if (strange.length === 0 || strange.length === named.length) return null;
  const what = `that it may be ${strange.map((item) => `"${item}"`).join(', ')}, which no submission may name`;
  return { what, evidence: { strange, labels: [...labels] } };
}

/** REV008: lines of the description that give a test row's answer away. */
export async function restatedAnswers(context: CheckContext, { restated }: ReviewFacts): Promise<Finding[]> {
  if (restated === null || restated.line === null || restated.log10Chance > CHANCE_LOG10) return [];
  const { named, right, rows, line, log10Chance } = restated;
  if (right >= Math.max(LEK015_LINES, LEK015_SHARE * rows)) return [];
  const message = `${right} of ${named} lines that start with the id of a test row hold its answer; the chance of that is 1 in ${Math.round(10 ** -log10Chance)}.`;
  const range = await context.files.line(layout.description, line);
  const evidence = { named, right, log10Chance };
  return [findingOf(checks.answers, { message, file: layout.description, range, evidence })];
}
