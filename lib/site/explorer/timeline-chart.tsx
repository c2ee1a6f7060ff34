import { useState } from "preact/hooks";
import { claimCount } from "./claim-count.ts";
import { counted } from "./counted.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { humanDate } from "./human-date.ts";
import { rankWord } from "./rank-word.ts";
import { rowHref } from "./row-anchor.ts";
import type { Lane, Timeline, TimelineMark } from "./timeline.ts";
import { ToneGlyph } from "./tone-glyph.tsx";
import { PlainShape, ToneShape } from "./tone-shape.tsx";

const LINE = 24;
const heightOf = (lane: Lane): number => Math.max(44, lane.lines * LINE + 8);

/** The name of a mark for screen readers. */
function nameOf(model: ExplorerModel, { row, isEarlier }: TimelineMark): string {
  const spoken = model.columns.flatMap(({ kind }, i) => (["subject", "text", "value", "date", "certainty"].includes(kind) ? [i] : []));
  const cells = spoken.map((i) => row.cells[i]);
  // Columns show a date as precisely as it is known. Without one, the days are included.
  const isShown = spoken.some((i) => ["value", "date"].includes(model.columns[i]?.kind ?? "") && row.cells[i]);
  const date = isShown || !row.days ? "" : humanDate(row.days[0] === row.days[1] ? row.days[0] : row.days.join("/"));
  const rank = rankWord(row);
  const claims = row.claims ? `, contradicted by ${claimCount(row, "claims")}` : "";
  return `${[...cells, date].filter(Boolean).join(", ")}${rank === undefined ? "" : `, ${rank}`}${claims}${isEarlier ? ", before the axis begins" : ""}`;
}

const middleOf = (line: number): number => line * LINE + LINE / 2 + 4;

interface MarkProps {
  model: ExplorerModel;
  mark: TimelineMark;
  /** Address of the page with this lane alone. */
  only: string | undefined;
  isStop: boolean;
  onFocus(): void;
}

const DrawnMark = ({ model, mark, only, isStop, onFocus }: MarkProps) => {
  const y = middleOf(mark.line);
  const name = nameOf(model, mark);
  return (
    <>
      {mark.joined === undefined ? null : (
        <line class="joint" x1={`${mark.x}%`} x2={`${mark.joined.x}%`} y1={y} y2={middleOf(mark.joined.line)} />
      )}
      {mark.bar ? (
        <rect class="bar" x={`${mark.bar[0]}%`} y={y - 4} width={`${Math.max(0.2, mark.bar[1] - mark.bar[0])}%`} height="8" rx="4" />
      ) : null}
      <a href={rowHref(model.table, mark.row.id)} tabindex={isStop ? 0 : -1} data-mark="" onFocus={onFocus}>
        <title>{name}</title>
        <svg x={`${mark.x}%`} y={y} width="1" height="1" overflow="visible">
          <rect class="target" x="-12" y="-12" width="24" height="24" rx="6" />
          {mark.row.isDeprecated ? (
            <rect class="pill" x="-10" y="-4" width="20" height="8" rx="4" />
          ) : (
            <g transform="translate(-7 -7)">{mark.tone ? <ToneShape tone={mark.tone} /> : <PlainShape />}</g>
          )}
        </svg>
      </a>
      {mark.also ? (
        <a href={only ?? rowHref(model.table, mark.row.id)} tabindex={-1} data-mark="">
          <title>{`${mark.also.length} more of that day`}</title>
          <svg x={`${mark.x}%`} y={y} width="1" height="1" overflow="visible">
            <text class="also" x={mark.x > 90 ? -14 : 14} y="5" text-anchor={mark.x > 90 ? "end" : "start"}>
              +{mark.also.length}
            </text>
          </svg>
        </a>
      ) : null}
    </>
  );
};

/** One lane for each subject. Marks are links with a roving tabindex: Tab reaches one of them, arrow keys the others. */
export const TimelineChart = ({ model, timeline }: { model: ExplorerModel; timeline: Timeline }) => {
  const [stop, setStop] = useState<string | undefined>(undefined);
  const ids = timeline.lanes.flatMap(({ marks }) => marks.map(({ row }) => row.id));
  const hasTones = timeline.lanes.some(({ marks }) => marks.some(({ tone }) => tone !== undefined));
  const current = stop !== undefined && ids.includes(stop) ? stop : ids[0];
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const marks = [...event.currentTarget.querySelectorAll<SVGAElement>("[data-mark]")];
    const at = marks.indexOf(event.target as SVGAElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    marks[Math.max(0, Math.min(marks.length - 1, to))]?.focus();
  };
  return (
    <div class="timeline">
      <p class="muted">
        Each mark is a dated {model.noun[0]}
        {hasTones ? ", in the shape of the status that it dates, or else a dot" : ""}. A bar is a span, a month or a year.
        {model.conflicts > 0 ? " An outlined pill is deprecated; a dashed line leads to what is preferred." : ""}
        {timeline.today === undefined ? "" : ` The dotted line is ${humanDate(model.day ?? "")}, the date of this version.`}
      </p>
      <div class="lanes" role="group" aria-label="Timeline" onKeyDown={move}>
        <svg class="axis" aria-hidden="true" focusable="false">
          {timeline.start > 0 ? (
            <text x="0" y="14">
              earlier
            </text>
          ) : null}
          {timeline.ticks.map(({ x, label }) => (
            <text key={label} x={`${x}%`} y="14" text-anchor={x < 3 ? "start" : "middle"}>
              {label}
            </text>
          ))}
        </svg>
        {timeline.lanes.map((lane) => (
          <DrawnLane key={lane.key} model={model} lane={lane} timeline={timeline} current={current} onStop={setStop} />
        ))}
      </div>
      {timeline.more > 0 ? (
        <p class="muted">{counted(timeline.more, ["lane is", "lanes are"])} not shown. Filter or search to see them.</p>
      ) : null}
    </div>
  );
};

const DrawnLane = ({
  model,
  lane,
  timeline,
  current,
  onStop,
}: {
  model: ExplorerModel;
  lane: Lane;
  timeline: Timeline;
  current: string | undefined;
  onStop(id: string): void;
}) => {
  const height = heightOf(lane);
  return (
    <div class="lane">
      <div class="about">
        <strong dir="auto">{lane.label}</strong>
        {lane.status ? (
          <span class={`tone ${lane.status.tone}`}>
            <ToneGlyph tone={lane.status.tone} /> {lane.status.label}
          </span>
        ) : null}
      </div>
      <svg height={height} width="100%" role="presentation">
        {timeline.start > 0 ? <rect class="gutter" x="0" y="0" width={`${timeline.start}%`} height="100%" /> : null}
        {timeline.ticks.map(({ x }) => (
          <line key={x} class="tick" x1={`${x}%`} x2={`${x}%`} y1="0" y2="100%" />
        ))}
        {timeline.today === undefined ? null : <line class="today" x1={`${timeline.today}%`} x2={`${timeline.today}%`} y1="0" y2="100%" />}
        {lane.marks.map((mark) => (
          <DrawnMark
            key={mark.row.id}
            model={model}
            mark={mark}
            only={lane.only}
            isStop={mark.row.id === current}
            onFocus={() => onStop(mark.row.id)}
          />
        ))}
      </svg>
    </div>
  );
};
