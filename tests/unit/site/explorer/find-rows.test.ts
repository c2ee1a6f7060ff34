import { describe, expect, it } from "vitest";
import { type Days, edtfDays } from "../../../../lib/schema/edtf-days.ts";
import { addClaims } from "../../../../lib/site/explorer/add-claims.ts";
import type { ExplorerColumn, ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { findRows, rowFinder } from "../../../../lib/site/explorer/find-rows.ts";
import { isFilteringQuery, NOTHING, parseQuery, type Query, queryText } from "../../../../lib/site/explorer/query.ts";
import { rowClaim } from "../../../../lib/site/explorer/row-claim.ts";
import { rowData, rowsFrom } from "../../../../lib/site/explorer/row-data.ts";

const columns = [
  { name: "subject", kind: "subject" },
  { name: "value", kind: "value" },
  { name: "day", kind: "date" },
] as ExplorerColumn[];
const row = (id: string, cells: string[], more: Partial<Row> = {}): Row => ({ id, cells, in: [], ...more }) as Row;
const facet = (name: string, ...values: string[]) => ({ name, values: values.map((value) => ({ value })) });
const model = (rows: Row[], facets: object[] = []): ExplorerModel =>
  ({ rows, columns, facets, sources: [{ title: "The Report", by: "Ann" }] }) as unknown as ExplorerModel;
const found = (rows: Row[], query: Partial<Query>, facets: object[] = []): string[] =>
  findRows(model(rows, facets), { ...NOTHING, ...query }, new WeakMap()).rows.map(({ id }) => id);

describe("a search for text", () => {
  const rows = [
    row("a1", ["Rhine", "3 m"], { because: "measured", sources: [[0, "page 7"]] as never, more: [["note", "Odd"]] as never }),
    row("b2", ["Elbe", "4 m"]),
  ];

  it("finds rows with all words, in any column and case", () => {
    expect(found(rows, { text: "RHINE  3" })).toEqual(["a1"]);
    for (const text of ["a1", "measured", "report", "ann", "page 7", "odd"]) expect([text, found(rows, { text })]).toEqual([text, ["a1"]]);
    expect(found(rows, { text: "rhine 4" })).toEqual([]);
    expect(found(rows, { text: "  " })).toEqual(["a1", "b2"]);
  });

  it("lists first the rows about the subject, then those whose subject has the words, then those that mention them", () => {
    const many = [
      row("quotes", ["Elbe", "4 m"], { because: "unlike the Rhine" }),
      row("part", ["Lower Rhine", "width"]),
      row("about", ["Rhine", "3 m"]),
      row("both", ["Rhine", "unlike the Elbe"]),
      row("accent", ["Rhíne", "length"]),
    ];
    expect(found(many, { text: "rhine" })).toEqual(["about", "both", "accent", "part", "quotes"]);
    expect(found(many, { text: "lower rhine" })).toEqual(["part"]);
    expect(found(many, { text: "elbe rhine" })).toEqual(["quotes", "both"]);
    expect(found(many, { text: "rhine", sort: 1 })).toEqual(["about", "quotes", "accent", "both", "part"]);
    expect(found(many, { conflicts: false })).toEqual(many.map(({ id }) => id));
  });

  it("finds for a question the rows that say it, or else those whose sources do", () => {
    const cited = row("c3", ["Oder", "5 m"], { sources: [[0, "the Rhine measured at 3 m"]] as never });
    expect(found([cited, ...rows], { text: "how is the Rhine 3" })).toEqual(["a1"]);
    expect(found([cited, ...rows], { text: "who measured the Oder" })).toEqual(["c3"]);
  });

  it("names words that occur nowhere, without a similar one, and finds the others", () => {
    const find = (text: string) => findRows(model(rows), { ...NOTHING, text }, new WeakMap());
    expect(find("zambezi")).toMatchObject({ rows: [], absent: ["zambezi"] });
    expect(find("zambezi").otherText).toBeUndefined();
    expect(find("is the zambezi like the rihne")).toMatchObject({ rows: [], absent: ["zambezi", "like"], otherText: "rhine" });
    // Both occur, but not together.
    expect(find("rhine elbe")).toMatchObject({ rows: [], absent: [] });
    expect(find("rhine elbe").otherText).toBeUndefined();
    expect(find("rihne")).toMatchObject({ rows: [{ id: "a1" }], nearText: "rhine" });
    expect(find("rihne").absent).toBeUndefined();
  });

  it("finds a row by what contradicts it", () => {
    const claimed = row("c3", ["Oder", "5 m"], { claims: [{ id: "x", text: "six", source: 0 }] as never });
    expect(found([...rows, claimed], { text: "six" })).toEqual(["c3"]);
  });
});

describe("facets", () => {
  const facets = [facet("kind", "x", "y"), facet("tag", "p", "q")];
  const rows = [
    row("1", [], { in: [0, [0, 1]] }),
    row("2", [], { in: [1, 1] }),
    row("3", [], { in: [-1, []] }),
    row("4", [], { in: [0, 0] }),
  ] as Row[];

  it("keep rows with one of the picked values of each", () => {
    expect(found(rows, { picked: { kind: ["x"] } }, facets)).toEqual(["1", "4"]);
    expect(found(rows, { picked: { kind: ["x", "y"], tag: ["q"] } }, facets)).toEqual(["1", "2"]);
    expect(found(rows, { picked: { kind: ["none"] } }, facets)).toEqual(["1", "2", "3", "4"]);
  });

  it("count each value as if its facet alone were another", () => {
    const query = { ...NOTHING, picked: { kind: ["x"], tag: ["q"] } };
    expect(findRows(model(rows, facets), query, new WeakMap())).toMatchObject({
      rows: [{ id: "1" }],
      counts: [
        [1, 1],
        [2, 1],
      ],
    });
  });

  it("find a statement by its date and by the date that it states, and count those that have neither", () => {
    const when = { name: "day", title: "Date", kind: "range", column: "day", values: [] };
    const some = [
      row("dated", ["a", "yes", "15 Sep 2020"], { claims: [] as never }),
      row("states", ["b", "15 Sep 2020", ""], { days: ["2020-09-15", "2020-09-15"], claims: [] as never }),
      row("later", ["c", "15 Sep 2020", "6 Nov 2025"], { days: ["2020-09-15", "2020-09-15"] }),
      row("undated", ["d", "no", ""], { claims: [] as never }),
      row("other", ["e", "no", ""]),
    ];
    const find = (range: string, conflicts = false) => {
      const { rows, valueless } = findRows(model(some, [when]), { ...NOTHING, picked: { day: [range] }, conflicts }, new WeakMap());
      return [rows.map(({ id }) => id), valueless];
    };
    expect(find("2020..2020")).toEqual([["dated", "states", "later"], 2]);
    expect(find("2025..")).toEqual([["later"], 2]);
    expect(find("2020..2020", true)).toEqual([["dated", "states"], 1]);
    expect(findRows(model(some, [when]), NOTHING, new WeakMap()).valueless).toBe(0);
  });

  it("count contradicted rows, whether only these are shown or not", () => {
    const some = [
      row("1", [], { in: [0], claims: [] as never }),
      row("2", [], { in: [0] }),
      row("3", [], { in: [1], claims: [] as never }),
    ];
    const find = (query: Partial<Query>) => findRows(model(some, [facet("kind", "x", "y")]), { ...NOTHING, ...query }, new WeakMap());
    expect([find({}).conflicts, find({ conflicts: true }).conflicts, find({ picked: { kind: ["x"] } }).conflicts]).toEqual([2, 2, 1]);
    expect(find({ conflicts: true }).rows.map(({ id }) => id)).toEqual(["1", "3"]);
  });

  it("are the same if rows are searched in parts", () => {
    const finder = rowFinder(model(rows, facets), { ...NOTHING, picked: { kind: ["x"] } }, () => "");
    finder.take(rows.slice(0, 2));
    finder.take(rows.slice(2));
    expect(finder.found()).toEqual(findRows(model(rows, facets), { ...NOTHING, picked: { kind: ["x"] } }, new WeakMap()));
  });
});

describe("sorting", () => {
  const values = (cells: string[], descending = false, column = 1): string[] =>
    found(
      cells.map((cell) => row(cell, column === 1 ? ["", cell] : ["", "", cell])),
      { sort: column, descending },
    );

  it("puts numbers by their value before text, and empty cells last both ways", () => {
    expect(values(["b", "10", "", "9", "−3", "1,000", "A"])).toEqual(["−3", "9", "10", "1,000", "A", "b", ""]);
    expect(values(["b", "10", "", "9"], true)).toEqual(["b", "10", "9", ""]);
  });

  it("puts dates by their days; a year alone is one only in a column of dates", () => {
    expect(values(["Jan 2021", "15 Sep 2020", "2020", "2022 – 2023"], false, 2)).toEqual([
      "2020",
      "15 Sep 2020",
      "Jan 2021",
      "2022 – 2023",
    ]);
    expect(values(["2020", "999"])).toEqual(["999", "2020"]);
  });

  it("keeps the order of equal rows, and of all if nothing is asked", () => {
    const rows = [row("1", ["x", "b"]), row("2", ["x", "a"])];
    expect(found(rows, { sort: 0 })).toEqual(["1", "2"]);
    expect(found(rows, {})).toEqual(["1", "2"]);
  });
});

describe("the query of an address", () => {
  const known = model([], [facet("kind", "x", "y"), facet("constructor", "z")]);

  it("is read as it was written", () => {
    const query: Query = { text: "a b", picked: { kind: ["x", "y"] }, conflicts: true, sort: 1, descending: true, page: 3 };
    expect(queryText(query, known)).toBe("q=a+b&kind=x&kind=y&conflicts=1&sort=-value&page=3");
    expect(parseQuery(queryText(query, known), known)).toEqual(query);
    expect(queryText({ ...query, descending: false }, known)).toContain("&sort=value&");
    expect([queryText(NOTHING, known), parseQuery("", known)]).toEqual(["", NOTHING]);
  });

  it("holds nothing that the page does not know", () => {
    expect(parseQuery("kind=none&kind=x&sort=none&page=0&conflicts=yes", known)).toEqual({ ...NOTHING, picked: { kind: ["x"] } });
    for (const page of ["-1", "1.5", "x"]) expect(parseQuery(`page=${page}`, known).page).toBe(1);
    expect(queryText({ ...NOTHING, text: "  " }, known)).toBe("");
  });

  it("filters if it has text, a value or only contradictions", () => {
    expect(isFilteringQuery(NOTHING)).toBe(false);
    expect(isFilteringQuery({ ...NOTHING, text: " ", picked: { kind: [] }, sort: 1 })).toBe(false);
    for (const more of [{ text: "x" }, { conflicts: true }, { picked: { kind: ["x"] } }])
      expect(isFilteringQuery({ ...NOTHING, ...more })).toBe(true);
  });
});

describe("addClaims", () => {
  const claimed = (group: Row[]) => group.map((each) => ({ row: each }));
  it("lists for each row those with another value, preferred ones first", () => {
    const group = [row("1", ["s", "x"]), row("2", ["s", "x"]), row("3", ["s", "y"]), row("4", ["s", "y"], { isPreferred: true })];
    addClaims(claimed(group), columns);
    expect(group.map(({ claims }) => claims?.map(({ id }) => id))).toEqual([
      ["4", "3"],
      ["4", "3"],
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(group.some(({ counts }) => counts !== undefined)).toBe(false);
  });

  it("lists the preferred one first, regardless of the number of values before it", () => {
    const group = Array.from({ length: 20 }, (_, i) => row(`${i}`, ["s", `v${i}`], i === 19 ? { isPreferred: true } : {}));
    addClaims(claimed(group), columns);
    expect(group[0]?.claims?.map(({ id }) => id)).toEqual(["19", "1", "2", "3", "4", "5", "6", "7"]);
  });

  it("treats a date that contains another as less precise, not as a contradiction", () => {
    const dates = ["2021-01", "2021-01-06", "2021-01-07", "2020/2021", "2021-01", "2022"];
    const group = dates.map((text, i) => row(`${i}`, ["s", text]));
    addClaims(
      group.map((each, i) => ({ row: each, days: edtfDays(dates[i] as string) as Days })),
      columns,
    );
    const told = (kind: "claims" | "lessPrecise" | "morePrecise") => group.map((each) => each[kind]?.map(({ text }) => text).sort() ?? []);
    expect(told("claims")).toEqual([
      ["2022"],
      ["2021-01-07", "2022"],
      ["2021-01-06", "2022"],
      ["2022"],
      ["2022"],
      ["2020/2021", "2021-01", "2021-01", "2021-01-06", "2021-01-07"],
    ]);
    expect(told("lessPrecise")).toEqual([
      ["2020/2021"],
      ["2020/2021", "2021-01", "2021-01"],
      ["2020/2021", "2021-01", "2021-01"],
      [],
      ["2020/2021"],
      [],
    ]);
    expect(told("morePrecise")).toEqual([
      ["2021-01-06", "2021-01-07"],
      [],
      [],
      ["2021-01", "2021-01", "2021-01-06", "2021-01-07"],
      ["2021-01-06", "2021-01-07"],
      [],
    ]);
  });

  it("treats two texts of the same days as one value", () => {
    const days = edtfDays("2020") as Days;
    const group = [row("1", ["s", "2020"]), row("2", ["s", "Jan 2020 – Dec 2020"])];
    addClaims(
      group.map((each) => ({ row: each, days })),
      columns,
    );
    expect(group).toEqual([row("1", ["s", "2020"]), row("2", ["s", "Jan 2020 – Dec 2020"])]);
  });

  it("counts all that are less precise, and names eight of them", () => {
    const group = Array.from({ length: 12 }, (_, i) => row(`${i}`, ["s", i === 0 ? "6 Jan 2021" : "2021"]));
    addClaims(
      group.map((each, i) => ({ row: each, days: edtfDays(i === 0 ? "2021-01-06" : "2021") as Days })),
      columns,
    );
    expect([group[0]?.lessPrecise?.length, group[0]?.counts, group[0]?.claims]).toEqual([8, { lessPrecise: 11 }, undefined]);
    expect([group[1]?.morePrecise?.length, group[1]?.counts]).toEqual([1, undefined]);
  });

  it("counts standing claims", () => {
    const group = [
      row("1", ["s", "x"], { isPreferred: true }),
      row("2", ["s", "x"]),
      row("3", ["s", "y"], { isDeprecated: true }),
      row("4", ["s", "z"], { isRefuted: true }),
      row("5", ["s", "z"], { isReplaced: true }),
    ];
    addClaims(claimed(group), columns);
    expect(group.map(({ standingClaims }) => standingClaims)).toEqual([undefined, undefined, 2, 2, 2]);
    const dates = ["2021", "2021-01-06", "2022"].map((text) => ({ row: row(text, ["s", text]), days: edtfDays(text) as Days }));
    addClaims(dates, columns);
    expect(dates.map((each) => each.row.standingClaims)).toEqual([1, 1, 2]);
  });

  it("reports nothing if all agree", () => {
    const group = [row("1", ["s", "x"]), row("2", ["s", "x"])];
    addClaims(claimed(group), columns);
    expect(group.map(({ claims }) => claims)).toEqual([undefined, undefined]);
  });

  it("names eight, and counts all", () => {
    const group = Array.from({ length: 12 }, (_, i) => row(`${i}`, ["s", `v${i}`]));
    addClaims(claimed(group), columns);
    expect(group.map(({ claims, counts }) => [claims?.length, counts?.claims])).toEqual(new Array(12).fill([8, 11]));
    const nine = Array.from({ length: 9 }, (_, i) => row(`${i}`, ["s", `v${i}`]));
    addClaims(claimed(nine), columns);
    expect(nine.map(({ claims, counts }) => [claims?.length, counts?.claims])).toEqual(new Array(9).fill([8, undefined]));
  });
});

describe("the rows of a page", () => {
  it("are read as they were written: a claim is named if the page holds its row", () => {
    const [one, two] = [row("1", ["s", "x"], { isPreferred: true, days: ["2020-01-01", "2020-01-02"] as never }), row("2", ["s", "y"])];
    one.claims = [rowClaim({ columns }, two), { id: "elsewhere", text: "z", source: -1 }];
    const shown = model([one, two]);
    const data = [one, two].map((each) => ({ id: each.id, cells: each.cells, data: rowData(shown, each) }));
    expect(JSON.parse(data[0]?.data ?? "").claims).toEqual(["2", { id: "elsewhere", text: "z", source: -1 }]);
    expect(rowsFrom(columns, data)).toEqual([one, two]);
    one.lessPrecise = [rowClaim({ columns }, two)];
    two.morePrecise = [{ id: "elsewhere", text: "z", source: -1 }];
    const more = [one, two].map((each) => ({ id: each.id, cells: each.cells, data: rowData(model([one, two]), each) }));
    expect(JSON.parse(more[0]?.data ?? "").lessPrecise).toEqual(["2"]);
    expect(rowsFrom(columns, more)).toEqual([one, two]);
  });

  it("claim what readers have to know of a row", () => {
    const full = row("1", ["s", "x"], {
      sources: [[4]] as never,
      isPreferred: true,
      isDeprecated: true,
      days: ["a", "b"] as never,
      because: "why",
    });
    expect(rowClaim({ columns }, full)).toEqual({
      id: "1",
      text: "x",
      source: 4,
      preferred: true,
      deprecated: true,
      days: ["a", "b"],
      because: "why",
    });
    expect(rowClaim({ columns: [] }, row("2", ["s"]))).toEqual({ id: "2", text: "", source: -1 });
  });
});
