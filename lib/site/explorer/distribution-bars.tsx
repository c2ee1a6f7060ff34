import { Fragment } from "preact";
import { grouped } from "../../contract/grouped.ts";
import { counted } from "./counted.ts";
import type { Distribution, ExplorerColumn, ExplorerModel, Histogram } from "./explorer-model.ts";
import { histogramBarRange } from "./make-histogram.ts";
import { type Query, queryPicks } from "./query.ts";
import { unitOf } from "./unit-of.ts";
import { isInRange, parseValueRange, rangeWords } from "./value-range.ts";

interface DistributionProps {
  model: ExplorerModel;
  column: ExplorerColumn;
  query: Query;
  /** Missing if not all rows can be filtered. */
  onPick?(facet: string, values: string[]): void;
}

const HEIGHT = 32;

const barPath = ({ counts }: Histogram, bars: readonly number[]): string => {
  const [width, most] = [100 / counts.length, Math.max(...counts)];
  return bars
    .filter((bar) => (counts[bar] ?? 0) > 0)
    .map((bar) => {
      const height = Math.max(1.5, Math.round((320 * (counts[bar] as number)) / most) / 10);
      return `M${Math.round(bar * width * 100) / 100} ${HEIGHT}v-${height}h${Math.round((width - 0.8) * 100) / 100}v${height}z`;
    })
    .join("");
};

/** The histogram of a column; a click on a bar filters by it, like the range filter. */
const HistogramBars = ({ model, column, query, onPick, histogram }: DistributionProps & { histogram: Histogram }) => {
  const facet = model.facets.find((each) => each.kind === "range" && each.column === column.name);
  const [picked] = facet ? queryPicks(query, facet.name) : [];
  const all = [...histogram.counts.keys()];
  const range = picked === undefined ? undefined : parseValueRange(picked, column.kind);
  const startOf = (bar: number): number | undefined => parseValueRange(histogramBarRange(histogram, bar), column.kind)?.from;
  const within = range ? all.filter((bar) => isInRange(range, startOf(bar))) : [];
  // The range filter does the same by keyboard.
  const pick = (event: PointerEvent & { currentTarget: SVGElement }): void => {
    if (!facet || !onPick) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const bar = Math.max(0, Math.min(all.length - 1, Math.floor(((event.clientX - left) / width) * all.length)));
    const text = histogramBarRange(histogram, bar);
    onPick(facet.name, text === picked ? [] : [text]);
  };
  const words = all.flatMap((bar) =>
    histogram.counts[bar] ? [`${rangeWords(histogramBarRange(histogram, bar))}: ${histogram.counts[bar]}`] : [],
  );
  const unit = unitOf(column.title);
  return (
    <>
      <svg
        class={facet && onPick ? "histogram picks" : "histogram"}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${column.title}, how many rows: ${words.join("; ")}`}
        onPointerUp={pick}
      >
        <path d={barPath(histogram, all)} />
        {within.length > 0 ? <path class="picked" d={barPath(histogram, within)} /> : null}
      </svg>
      <span class="reach">
        {`${histogram.min} to ${histogram.max}`}
        {unit === undefined || histogram.max.endsWith(unit) ? "" : ` ${unit}`}
      </span>
    </>
  );
};

const share = (count: number, total: number): string => {
  const percent = Math.round((100 * count) / total);
  return percent === 0 ? "<1%" : `${percent}%`;
};

/** The most frequent values with their shares of all rows; a click on one filters by it. */
const Shares = ({ model, query, onPick, distribution }: DistributionProps & { distribution: Distribution }) => {
  const { facet = "", values = [], distinct = 0 } = distribution;
  const picked = queryPicks(query, facet);
  const tenth = (part: number): number => Math.round(part * 10) / 10;
  let before = 0;
  const bars = values.map(({ count }) => {
    const from = tenth((100 * before) / model.total);
    before += count;
    const to = tenth((100 * before) / model.total);
    return `M${from} 0H${tenth(Math.max(from + 0.6, to - 0.8))}v6H${from}z`;
  });
  return (
    <>
      <svg class="shares" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <path class="whole" d="M0 0h100v6h-100z" />
        {bars.map((bar, i) => (
          <path key={values[i]?.value} d={bar} />
        ))}
      </svg>
      {values.map(({ value, label, count }) =>
        onPick ? (
          <Fragment key={value}>
            <button
              type="button"
              class="plain share live"
              aria-pressed={picked.includes(value)}
              onClick={() => onPick(facet, picked.includes(value) ? picked.filter((each) => each !== value) : [value])}
            >
              <span dir="auto">{label}</span> {share(count, model.total)}
            </button>
            <span class="bare share">
              {label} {share(count, model.total)}
            </span>
          </Fragment>
        ) : (
          <span key={value} class="share">
            {label} {share(count, model.total)}
          </span>
        ),
      )}
      {distinct > values.length ? <span>{counted(distinct - values.length, ["other value", "other values"])}</span> : null}
    </>
  );
};

/** The distribution of the values of a column, and the number of rows without one. */
export const DistributionBars = (props: DistributionProps & { distribution: Distribution }) => {
  const { distribution } = props;
  const { histogram, values, distinct = 0, missing } = distribution;
  return (
    <>
      {histogram ? (
        <HistogramBars {...props} histogram={histogram} />
      ) : values ? (
        <Shares {...props} />
      ) : (
        <span>{counted(distinct, ["value", "different values"])}</span>
      )}
      {missing > 0 ? <span>{grouped(missing)} missing</span> : null}
    </>
  );
};
