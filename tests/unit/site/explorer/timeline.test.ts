import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { timelineOf } from "../../../../lib/site/explorer/timeline.ts";
import { TimelineChart } from "../../../../lib/site/explorer/timeline-chart.tsx";

const MODEL = { columns: [{ name: "of", title: "Of", kind: "subject" }], facets: [] } as unknown as ExplorerModel;
const rowOf = (days: [string, string], i: number): Row => ({ id: `r${i}`, cells: ["A"], in: [], days }) as unknown as Row;
/** The timeline of rows with these days; a row may have a first and a last day. */
const timeline = (...days: (string | [string, string])[]) =>
  timelineOf(
    MODEL,
    days.map((day, i) => rowOf(typeof day === "string" ? [day, day] : day, i)),
  );
const labels = (...days: string[]): string[] | undefined => timeline(...days)?.ticks.map(({ label }) => label);
const YEARS = Array.from({ length: 9 }, (_, i) => `${2010 + i}-06-01`);

describe("the axis of a timeline", () => {
  it("has quarters for one year or two, and years for more", () => {
    expect(labels("2020-02-01")).toEqual(["Jan 2020", "Apr 2020", "Jul 2020", "Oct 2020"]);
    expect(labels("2020-02-01", "2021-12-31")?.slice(3, 6)).toEqual(["Oct 2020", "Jan 2021", "Apr 2021"]);
    expect(labels("2020-02-01", "2022-01-01")).toEqual(["2020", "2021", "2022"]);
    expect(labels("2001-01-01", "2019-12-31")).toEqual(["2005", "2010", "2015"]);
  });

  it("starts later than few much earlier marks, which lie before it", () => {
    const { start, lanes } = timeline("1900-01-01", ...YEARS, "2019-01-01") ?? {};
    expect([start, lanes?.[0]?.marks.map(({ x, isEarlier }) => [isEarlier, x < 9]).slice(0, 2)]).toEqual([
      9,
      [
        [true, true],
        [false, false],
      ],
    ]);
    expect(timeline("2008-01-01", ...YEARS)?.start).toBe(0);
  });
});

describe("a mark", () => {
  it("is in the middle of its days, with a bar if there are several", () => {
    const [mark, other] = timeline("2020-01-01", ["2020-01-01", "2020-12-31"])?.lanes[0]?.marks.toSorted((a, b) => a.x - b.x) ?? [];
    expect([mark?.x, mark?.bar, other?.x, other?.bar]).toEqual([0.14, undefined, 50, [0, 100]]);
  });

  it("has its bar also if it is deprecated: a year is not a day", () => {
    const rows = [{ ...rowOf(["2020-01-01", "2020-12-31"], 1), isDeprecated: true as const }, rowOf(["2020-05-05", "2020-05-05"], 2)];
    const html = renderToString(
      h(TimelineChart, { model: { ...MODEL, noun: ["fact", "facts"] }, timeline: timelineOf(MODEL, rows) as never }),
    );
    expect([html.match(/class="bar"/g)?.length, html.match(/class="pill"/g)?.length]).toEqual([1, 1]);
  });
});

it.each([
  [3, 4, 0],
  [4, 3, 1],
])("of %i lanes has at most %i of four marks of one day, and counts %i as further ones", (lanes, marks, further) => {
  const labels = ["A", "A", "A", "A", "B", "C", "D"].slice(0, 3 + lanes);
  const rows = labels.map((label, i) => ({ ...rowOf(["2020-01-01", "2020-01-01"], i), cells: [label] }) as unknown as Row);
  const { lanes: drawn = [] } = timelineOf(MODEL, rows) ?? {};
  expect([drawn.length, drawn[0]?.marks.length, drawn[0]?.marks.flatMap(({ also = [] }) => also).length]).toEqual([lanes, marks, further]);
});

it("has no timeline without days", () => {
  expect(timeline()).toBeUndefined();
});

describe("the marks of statuses", () => {
  const [day, later] = ["2020-01-01", "2025-01-01"];
  const at = (date: string, i: number, more: Partial<Row> = {}): Row => ({ ...rowOf([date, date], i), ...more });
  const lanesOf = (rows: Row[]): Row[] => [...rows, ...["B", "C", "D"].map((label, i) => at(later, 90 + i, { cells: [label] }))];

  it("are drawn before all others of their day", () => {
    const claims = [{ id: "x", text: "", source: -1 }];
    const rows = [1, 2, 3, 4].map((i) => at(day, i, i === 4 ? { mark: "done" } : { claims }));
    const drawn = timelineOf(MODEL, lanesOf(rows))?.lanes[0]?.marks ?? [];
    expect(drawn.map(({ row }) => row.id)).toContain("r4");
    expect(drawn.flatMap(({ also = [] }) => also.map(({ id }) => id))).toEqual(["r3"]);
  });
});
