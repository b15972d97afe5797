// Baselines for forecasts: seasonal means, and the best of several forecasters on the last part of the history.

import { shiftComment } from './number-lines.ts';
import { numberResult } from './outputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { type NumberGoal, numberGoal } from './targets.ts';
import { type BaselineView, constant, targetConstants } from './view.ts';

type ForecastView = BaselineView & { readonly forecast: NonNullable<BaselineView['forecast']> };

export function isForecast(view: BaselineView): view is ForecastView {
  return view.forecast !== null && view.shape.kind === 'number';
}

const calendar = (parse: string) => `def calendar(table: pd.DataFrame) -> pd.DataFrame:
    """Time in days since 1970, and the positions in the year, the week and the day."""
    time = ${parse}
    return pd.DataFrame(
        {
            "series": SERIES_KEY,
            "days": (time - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400,
            "month": time.dt.month,
            "week": (time.dt.dayofyear - 1) // 7,
            "weekday": time.dt.weekday,
            "hour": time.dt.hour,
        }
    )
`;

const cycles = `def cycles(days: pd.Series) -> dict[str, float]:
    """Cycles that the history covers and its steps resolve, with their lengths in days, longest first."""
    step = np.median(np.diff(np.unique(days)))
    span = days.max() - days.min()
    found = {}
    if span > 500 and step < 100:
        found["week" if step < 10 else "month"] = 365.25
    if span > 20 and step < 2:
        found["weekday"] = 7.0
    if span > 3 and step < 0.3:
        found["hour"] = 1.0
    return found
`;

const seasonal = `def seasonal(past: pd.DataFrame, new: pd.DataFrame, window: float) -> np.ndarray:
    """Level of the last \`window\` days of each series, plus the mean deviation at the same place in each cycle."""
    recent = past[past["days"] > past["days"].max() - window]
    overall = past.groupby("series")["y"].mean()
    level = recent.groupby("series")["y"].mean().combine_first(overall)
    rest = past["y"] - past["series"].map(overall)
    bias = pd.Series(0.0, index=recent.index)
    forecast = new["series"].map(level).fillna(past["y"].mean())
    for name in cycles(past["days"]):
        keys = ["series", name]
        cells = rest.groupby([past[key] for key in keys])
        effect = cells.mean().rename("effect")
        # Chance alone spreads the means of the cells by this variance: shrink them by what it explains.
        chance = (cells.var() / cells.size()).mean()
        effect *= np.clip(1 - chance / effect.var(), 0, 1) if len(effect) > 1 and chance > 0 else 1
        at_past = past.join(effect, on=keys)["effect"]
        rest, bias = rest - at_past, bias + at_past[recent.index]
        forecast += new.join(effect, on=keys)["effect"].fillna(0)
    # The window may not hold whole cycles: take out what its own places in the cycles added to the level.
    return (forecast - new["series"].map(bias.groupby(recent["series"]).mean()).fillna(0)).to_numpy()
`;

/** Seasonal means with the level of the last cycle. */
export function forecastSimple(view: ForecastView): string {
  const goal = numberGoal(view.metric);
  return renderScript({
    doc: 'Simple baseline: the level of the last cycle, with the usual course of the year, the week and the day.',
    constants: constants(view),
    functions: [
      readTable,
      ...timeFunctions(view),
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Forecasts for the rows of test."""
    past, new = calendar(train), calendar(test)
    past["y"] = ${scaled(goal)}
    window = max(cycles(past["days"]).values(), default=(past["days"].max() - past["days"].min()) / 10)
${unscaled(goal, 'seasonal(past, new, window)', quantileShift(goal, 'past["y"] - seasonal(past, past, window)'))}`,
      cycles,
      seasonal,
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}

/** The best pair of several forecasters, chosen on the last part of the history. */
export function forecastStrong(view: ForecastView): string {
  const goal = numberGoal(view.metric);
  const shift =
    goal.quantile === null
      ? ''
      : `${shiftComment(goal.quantile, 'most forecasters').replace('fits', 'fit')}    shift = np.quantile(late["y"] - (tried[pair[0]] + tried[pair[1]]) / 2, ${goal.quantile})
`;
  const known = view.numbers.length + view.categories.length > 0;
  return renderScript({
    doc: 'Strong baseline: seasonal means, waves with a trend and boosted trees; the last part of the history chooses.',
    constants: [
      ...constants(view),
      ...(view.numbers.length > 0 ? [constant('NUMBERS', view.numbers)] : []),
      ...(view.categories.length > 0 ? [constant('CATEGORIES', view.categories)] : []),
      'SEED = 0',
    ],
    functions: [
      readTable,
      ...timeFunctions(view),
      ...(known ? [knownInputs(view)] : []),
      `def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Forecasts for the rows of test by the pair of forecasters that did best on a rehearsal."""
    past, new = ${known ? 'calendar(train).join(inputs(train)), calendar(test).join(inputs(test))' : 'calendar(train), calendar(test)'}
    past["y"] = ${scaled(goal)}
    # Rehearse on the last days of the history, as many as test covers but at most a third of all.
    span = past["days"].max() - past["days"].min()
    horizon = min(new["days"].max() - past["days"].max(), span / 3)
    cut = past["days"].max() - horizon
    early, late = past[past["days"] <= cut], past[past["days"] > cut]
    tried = forecasts(early, late)
    pairs = combinations_with_replacement(tried, 2)
    pair = min(pairs, key=lambda p: ${goal.compare('(tried[p[0]] + tried[p[1]]) / 2', 'late["y"]')})
${shift}    final = forecasts(past, new)
${unscaled(goal, '(final[pair[0]] + final[pair[1]]) / 2', goal.quantile === null ? '' : ' + shift')}`,
      `def forecasts(past: pd.DataFrame, new: pd.DataFrame) -> dict[str, np.ndarray]:
    """Forecasts of the new rows by each forecaster."""
    longest = max(cycles(past["days"]).values(), default=(past["days"].max() - past["days"].min()) / 10)
    step = np.median(np.diff(np.unique(past["days"])))
    return {
        "mean": new["series"].map(past.groupby("series")["y"].mean()).fillna(past["y"].mean()).to_numpy(),
        "last cycle": seasonal(past, new, longest),
        "whole history": seasonal(past, new, np.inf),
        "last days": seasonal(past, new, max(longest / 20, 5 * step)),
        "waves": waves(past, new, trend=False),
        "waves and trend": waves(past, new, trend=True),
        "trees": trees(past, new),
    }
`,
      cycles,
      seasonal,
      wavesFunction,
      treesFunction(view, known, goal),
    ],
    solve: `${readBoth}${numberResult(view)}${write}`,
  });
}

const wavesFunction = `def waves(past: pd.DataFrame, new: pd.DataFrame, trend: bool) -> np.ndarray:
    """Ridge regression of each series on sines and cosines of its cycles, with or without a straight trend."""
    found = cycles(past["days"])
    start, span = past["days"].min(), max(past["days"].max() - past["days"].min(), 1)

    def inputs(rows: pd.DataFrame) -> np.ndarray:
        columns = [(rows["days"] - start) / span * (5 if trend else 0)]
        for length in found.values():
            angle = 2 * np.pi * rows["days"] / length
            columns += [wave(k * angle) for k in (1, 2, 3) for wave in (np.sin, np.cos)]
        return np.column_stack(columns)

    forecast = np.full(len(new), past["y"].mean())
    for name, part in past.groupby("series"):
        rows = (new["series"] == name).to_numpy()
        if rows.any():
            forecast[rows] = Ridge(alpha=0.1).fit(inputs(part), part["y"]).predict(inputs(new[rows]))
    return forecast
`;

function treesFunction(view: ForecastView, known: boolean, goal: NumberGoal): string {
  const manyLevels =
    view.categories.length > 0 ? ' and (past[name].dtype != "category" or past[name].nunique() < 200)' : '';
  return `def trees(past: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Boosted trees on the calendar${view.forecast.series.length > 0 ? ', the series' : ''}${known ? ' and the columns known in advance' : ''}, for what the seasonal means leave."""
    usual, expected = seasonal(past, past, np.inf), seasonal(past, new, np.inf)
    names = [name for name in past.columns if name not in ("y", "days", "series")${manyLevels}]
    codes = {name: code for code, name in enumerate(past["series"].unique())}
    model = HistGradientBoostingRegressor(
        ${goal.loss},
        learning_rate=0.05,
        max_iter=150,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=SEED,
    )
    model.fit(past[names].assign(series=past["series"].map(codes)), past["y"] - usual)
    return expected + model.predict(new[names].assign(series=new["series"].map(codes)))
`;
}

/** `inputs(table)`: the columns that are known in advance. */
function knownInputs({ numbers, categories }: ForecastView): string {
  const floats = `    numbers = table[NUMBERS].apply(pd.to_numeric, errors="coerce").astype(float)
    numbers = numbers.where(np.isfinite(numbers), -1e12)  # missing is one low value of its own
`;
  const levels = 'table[CATEGORIES].astype("category")';
  const both = numbers.length > 0 && categories.length > 0;
  return `def inputs(table: pd.DataFrame) -> pd.DataFrame:
    """Columns that are known for the future too."""
${numbers.length > 0 ? floats : ''}    return ${both ? `numbers.join(${levels})` : numbers.length > 0 ? 'numbers' : levels}.add_prefix("known ")
`;
}

function timeFunctions({ forecast }: ForecastView): string[] {
  const column = 'table[TIME]';
  const key = forecast.series.length > 0 ? 'table[SERIES].agg(" / ".join, axis=1)' : '"all"';
  return [calendar(parseExpression(column, forecast.format)).replace('SERIES_KEY', key)];
}

/** Expression that reads the time column in the format that the task states. */
function parseExpression(column: string, format: string): string {
  if (format === 'epoch-s' || format === 'epoch-ms') {
    return `pd.to_datetime(pd.to_numeric(${column}), unit="${format === 'epoch-s' ? 's' : 'ms'}", utc=True)`;
  }
  return `pd.to_datetime(${column}, format=FORMAT, utc=True)`;
}

function constants(view: ForecastView): string[] {
  const { time, format, series } = view.forecast;
  return [
    ...targetConstants(view),
    constant('TIME', time),
    ...(format.startsWith('epoch-') ? [] : [constant('FORMAT', format === 'iso' ? 'ISO8601' : format)]),
    ...(series.length > 0 ? [constant('SERIES', series)] : []),
  ];
}

function scaled({ scale }: NumberGoal): string {
  const numbers = 'pd.to_numeric(train[target]).astype(float)';
  return scale === null ? numbers : `${scale.forward}(${numbers})  # ${scale.reason}`;
}

function quantileShift({ quantile }: NumberGoal, errors: string): string {
  return quantile === null ? '' : ` + np.quantile(${errors}, ${quantile})`;
}

/** Lines that return forecasts on the scale of the target; a trend may leave the range of the past. */
function unscaled(goal: NumberGoal, expression: string, shift: string): string {
  if (goal.scale === null) return `    return ${expression}${shift}\n`;
  return `    return ${goal.scale.back}(${expression}${shift})\n`;
}
