import type { Tone } from "../../schema/schema.ts";
import { TIMELINE_LANES, TIMELINE_MARKS } from "../limits.ts";
import { dayNumber } from "./day-number.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { MONTHS } from "./human-date.ts";

/** A mark on the timeline: x in percent of its width, line from 0 downwards in its lane. */
export interface TimelineMark {
  row: Row;
  line: number;
  x: number;
  /** Start and end of a partial date or a span. */
  bar?: [from: number, to: number];
  /** Tone of the status that its row states or dates; missing if it does neither. */
  tone?: Tone;
  /** A contradicted mark is an outline, joined to the mark that it contradicts. */
  joined?: { x: number; line: number };
  joinedTo?: string;
  /** Further rows of the same day. */
  also?: Row[];
  /** Lies before the start of the axis. */
  isEarlier: boolean;
}

export interface Lane {
  key: string;
  label: string;
  /** Address of the page with this lane alone. */
  only?: string;
  status?: { label: string; tone: Tone };
  marks: TimelineMark[];
  lines: number;
}

export interface Timeline {
  ticks: { x: number; label: string }[];
  /** Start of the axis, after the space for earlier marks. */
  start: number;
  /** The day of the release. */
  today?: number;
  lanes: Lane[];
  /** Number of lanes that are not drawn. */
  more: number;
}

const GUTTER = 9;
/** Marks closer than this, in percent, are on different lines: 24 pixels on a phone that is 375 pixels wide. */
const APART = 7.5;
/** Maximum marks of one day below each other, with several lanes and with few. */
const STACKED = 3;
const STACKED_ALONE = 15;

interface Axis {
  from: number;
  to: number;
  start: number;
  ticks: { x: number; label: string }[];
}

const iso = (year: number, month = 1): string => `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;

/** The first year of the axis: a few much earlier marks would compress the rest. */
function firstYear(years: number[], last: number): number {
  const first = years[0] as number;
  const tenth = years[Math.floor(years.length / 10)] as number;
  return last - first > 12 && last - tenth < (last - first) / 2 ? tenth : first;
}

function axisOf(rows: readonly Row[], day: string | undefined): Axis {
  const years = rows.map(({ days }) => Number(days?.[0].slice(0, 4))).sort((a, b) => a - b);
  const lastDay = [...rows.map(({ days }) => days?.[1] ?? ""), day ?? ""].sort().at(-1) as string;
  const last = Number(lastDay.slice(0, 4)) + 1;
  const first = firstYear(years, last);
  const start = (years[0] as number) < first ? GUTTER : 0;
  const [from, to] = [dayNumber(iso(first)), dayNumber(iso(last))];
  const place = (number: number): number => start + ((number - from) / (to - from)) * (100 - start);
  const ticks: Axis["ticks"] = [];
  const span = last - first;
  if (span <= 2) {
    for (let year = first; year < last; year += 1)
      for (const month of [1, 4, 7, 10]) ticks.push({ x: place(dayNumber(iso(year, month))), label: `${MONTHS[month - 1]} ${year}` });
  } else {
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].find((step) => span / step <= 8) ?? 5000;
    for (let year = Math.ceil(first / step) * step; year <= last; year += step)
      ticks.push({ x: place(dayNumber(iso(year))), label: String(year) });
  }
  return { from, to, start, ticks };
}

const round = (x: number): number => Math.round(x * 100) / 100;

const extentOf = (mark: TimelineMark): number[] => [mark.x, ...(mark.bar ?? [])];

/** Claims that fit on the line of the contradicted mark. */
function adjacentClaims(mark: TimelineMark, claims: readonly TimelineMark[]): TimelineMark[] {
  const found: TimelineMark[] = [];
  for (const claim of claims)
    if (claim.joinedTo === mark.row.id && [mark, ...found].every(({ x }) => Math.abs(x - claim.x) >= APART)) found.push(claim);
  return found;
}

/** Assigns lines to marks so that none overlap; returns the number of lines. */
function assignLines(marks: TimelineMark[]): number {
  const ends: number[] = [];
  const placed = new Set<TimelineMark>();
  const place = (mark: TimelineMark, beside: TimelineMark[]): void => {
    const reach = [mark, ...beside].flatMap(extentOf);
    let line = ends.findIndex((end) => Math.min(...reach) - end >= APART);
    if (line < 0) line = ends.length;
    ends[line] = Math.max(...reach);
    for (const each of [mark, ...beside]) {
      each.line = line;
      placed.add(each);
    }
  };
  const claims = marks.filter(({ joinedTo }) => joinedTo !== undefined);
  const start = (mark: TimelineMark): number => Math.min(...[mark, ...adjacentClaims(mark, claims)].flatMap(extentOf));
  for (const mark of marks.filter(({ joinedTo }) => joinedTo === undefined).sort((a, b) => start(a) - start(b)))
    place(mark, adjacentClaims(mark, claims));
  for (const claim of claims) if (!placed.has(claim)) place(claim, []);
  const byId = new Map(marks.map((mark) => [mark.row.id, mark]));
  for (const claim of claims) {
    const mark = byId.get(claim.joinedTo as string);
    if (mark) claim.joined = { x: mark.x, line: mark.line };
  }
  return ends.length;
}

/** Rows that date the status of their lane come first, then disputed ones, then preferred ones. */
const weight = ({ row }: TimelineMark): number => (row.mark ? 0 : row.claims ? 1 : row.isPreferred ? 2 : 3);

/** Keeps the first of many marks of one day, which represents the others. */
function limitPerDay(all: TimelineMark[], most: number): TimelineMark[] {
  const marks = all.toSorted((a, b) => weight(a) - weight(b));
  const days = new Map<string, TimelineMark[]>();
  for (const mark of marks) {
    const day = `${mark.row.days?.join()} ${mark.row.isDeprecated}`;
    days.set(day, [...(days.get(day) ?? []), mark]);
  }
  return [...days.values()].flatMap((same) =>
    same.length <= most
      ? same
      : [...same.slice(0, most - 1), { ...(same[most - 1] as TimelineMark), also: same.slice(most).map(({ row }) => row) }],
  );
}

export function timelineOf(model: ExplorerModel, rows: readonly Row[]): Timeline | undefined {
  const dated = rows.filter(({ days }) => days !== undefined);
  if (dated.length === 0 || dated.length > TIMELINE_MARKS) return undefined;
  const axis = axisOf(dated, model.day);
  const place = (number: number): number => round(axis.start + ((number - axis.from) / (axis.to - axis.from)) * (100 - axis.start));
  const span = ([first, last]: [string, string]): [number, number] => [place(dayNumber(first)), place(dayNumber(last) + 1)];
  const middle = (days: [string, string]): number => {
    const [from, to] = span(days);
    return to < axis.start ? round(axis.start / 2) : round((Math.max(from, axis.start) + to) / 2);
  };
  const subject = model.columns.findIndex(({ kind }) => kind === "subject");
  const status = model.facets.findIndex(({ role }) => role === "status");
  const facet = model.facets.findIndex(({ role }) => role === "subject");
  const lanes = new Map<string, Row[]>();
  for (const row of dated) {
    // Two subjects may have one label.
    const at = row.in[facet] ?? -1;
    const lane = at === -1 ? `label ${row.cells[subject] ?? ""}` : String(at);
    const known = lanes.get(lane);
    if (known) known.push(row);
    else lanes.set(lane, [row]);
  }
  const statusesOf = (row: Row): number[] => (status < 0 ? [] : [row.in[status] ?? -1].flat().filter((index) => index >= 0));
  const statusOf = (row: Row): number => Math.min(...statusesOf(row));
  /** The status of a lane, if all its rows have the same one. */
  const sharedStatus = (rows: readonly Row[]): Lane["status"] => {
    const found = new Set(rows.flatMap((row) => statusesOf(row)));
    const [only] = found;
    const value = found.size === 1 && only !== undefined ? model.facets[status]?.values[only] : undefined;
    return value && rows.every((row) => statusesOf(row).length === 1) ? { label: value.label, tone: value.tone ?? "context" } : undefined;
  };
  // Lanes are ordered by status, then as in the data.
  const order = [...lanes].sort(([, [a]], [, [b]]) =>
    statusOf(a as Row) < statusOf(b as Row) ? -1 : statusOf(a as Row) > statusOf(b as Row) ? 1 : 0,
  );
  const subjects = model.facets[facet];
  const drawn = order.slice(0, TIMELINE_LANES).map(([key, members]): Lane => {
    const value = subjects?.values[Number(key)]?.value;
    const label = members[0]?.cells[subject] ?? "";
    const all = members.map((row): TimelineMark => {
      const days = row.days as [string, string];
      const [from, to] = span(days);
      const isEarlier = to < axis.start;
      const tone = row.mark ?? row.tone;
      const preferred = row.isDeprecated ? row.claims?.find((claim) => claim.preferred && claim.days) : undefined;
      return {
        row,
        line: 0,
        x: middle(days),
        ...(days[0] !== days[1] && !isEarlier ? { bar: [Math.max(from, axis.start), to] as [number, number] } : {}),
        ...(tone ? { tone } : {}),
        ...(preferred ? { joinedTo: preferred.id } : {}),
        isEarlier,
      };
    });
    const marks = limitPerDay(all, order.length > STACKED ? STACKED : STACKED_ALONE);
    const lines = assignLines(marks);
    const about = sharedStatus(members);
    return {
      key,
      label,
      ...(value === undefined ? {} : { only: `?${new URLSearchParams({ [subjects?.name ?? ""]: value })}#explore` }),
      ...(about ? { status: about } : {}),
      marks,
      lines,
    };
  });
  const today = model.day === undefined ? undefined : place(dayNumber(model.day));
  return {
    ticks: axis.ticks.map(({ x, label }) => ({ x: round(x), label })).filter(({ x }) => x <= 98),
    start: axis.start,
    ...(today !== undefined && today >= axis.start && today <= 100 ? { today } : {}),
    lanes: drawn,
    more: Math.max(0, order.length - TIMELINE_LANES),
  };
}
