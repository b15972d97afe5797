// What the baselines need to know of a formulation: its columns by treatment, its target and its metric.
import type { MetricName } from '../../task/metrics.ts';
import type { Feature, Formulation } from '../formulation.ts';
import { type PredictionShape, predictionShape } from '../metric-code/prediction-shape.ts';
import { pyLiteral } from '../shared/python-literal.ts';
import { type SplitKey, splitKey } from './folds.ts';

export interface BaselineView {
  readonly metric: MetricName;
  readonly shape: PredictionShape;
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly texts: readonly string[];
  readonly dates: readonly string[];
  readonly image: string | null;
  readonly audio: string | null;
  /** Latitude and longitude, when the rows lie on a map. */
  readonly place: readonly [string, string] | null;
  /** The time axis and the columns that name a series, for forecasts. */
  readonly forecast: { readonly time: string; readonly format: string; readonly series: readonly string[] } | null;
  /** What the split of the task keeps together; null for independent rows. */
  readonly splitKey: SplitKey | null;
  /** Ordered classes, which may be predicted by way of a number. */
  readonly ordinal: boolean;
}

/** Sorts the features that train and test share by how a model treats them. */
export function baselineView(formulation: Formulation): BaselineView {
  const { objective, metric } = formulation;
  const known = formulation.features.kept.filter((feature) => !feature.historyOnly);
  const forecast = objective === 'forecasting' ? timeAxis(formulation, new Set(known.map(({ name }) => name))) : null;
  const features = known.filter(({ name }) => name !== forecast?.time && !forecast?.series.includes(name));
  const named = (...kinds: Feature['kind'][]) =>
    features.filter((feature) => kinds.includes(feature.kind)).map((feature) => feature.name);
  const [latitude] = named('latitude');
  const [longitude] = named('longitude');
  return {
    metric: metric.name,
    shape: predictionShape(formulation),
    numbers: named('number', 'latitude', 'longitude'),
    categories: named('category', 'boolean'),
    texts: named('text'),
    dates: named('datetime'),
    image: named('image')[0] ?? null,
    audio: named('audio')[0] ?? null,
    place: latitude !== undefined && longitude !== undefined ? [latitude, longitude] : null,
    forecast,
    splitKey: splitKey(formulation, features),
    ordinal: objective === 'ordinal-regression' && predictionShape(formulation).kind === 'label',
  };
}

/** The time column and the series columns, as far as competitors get them. */
function timeAxis({ split }: Formulation, known: ReadonlySet<string>): BaselineView['forecast'] {
  if (split.time === null || !known.has(split.time.column)) return null;
  const { column, format } = split.time;
  return { time: column, format, series: split.series.filter((name) => known.has(name)) };
}

/** `NAME = literal`, broken over lines when long. */
export function constant(name: string, value: Parameters<typeof pyLiteral>[0]): string {
  return `${name} = ${pyLiteral(value, name.length + 3)}`;
}

/** Constants of the target: its columns, and the classes or the positive class where the metric asks for them. */
export function targetConstants({ shape }: BaselineView, withClasses = shape.kind === 'class-probabilities'): string[] {
  const [first = ''] = shape.targets;
  const lines = ['ID = "id"'];
  lines.push(shape.targets.length > 1 ? constant('TARGETS', shape.targets) : constant('TARGET', first));
  if (withClasses) lines.push(constant('CLASSES', shape.classes));
  if (shape.positive !== null) lines.push(constant('POSITIVE', shape.positive));
  return lines;
}
