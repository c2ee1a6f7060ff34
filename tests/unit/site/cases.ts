import type { JsonRecord } from "../../../lib/formats/value.ts";
import type { Given, Shown } from "./pages-of.ts";

const text = { type: "string" };
const table = (title: string, properties: object, more: object = {}): object => ({
  type: "array",
  title,
  description: `All ${title.toLowerCase()}.`,
  primaryKey: ["id"],
  ...more,
  items: { type: "object", required: ["id"], properties: { id: { ...text, title: "Id" }, ...properties } },
});
const about = (name: string, more: object = {}): JsonRecord => ({
  ...{ name, title: `The ${name}`, description: `Everything about ${name}.`, licenses: [{ name: "CC0-1.0" }] },
  ...more,
});

const statement = (id: string, subject: string, property: string, value: JsonRecord, more: JsonRecord = {}): JsonRecord => ({
  ...{ id, subject, property, value, certainty: "sure", rank: "normal", source: "times", locator: `of ${id}`, kind: "paraphrase" },
  ...more,
});

/** Statements with all that a page knows of: conflicts, ranks, partial dates, lists of sources, subjects with pages. */
const STATEMENTS: Given = {
  dataset: about("pact", {
    contributors: [
      { title: "Ann & Co", roles: ["author"], path: "https://ann.example/", email: "ann@ann.example" },
      { title: "Press", roles: ["publisher"] },
    ],
    keywords: ["pact", "<law>"],
    homepage: "https://pact.example/",
    spatial: ["Here & there"],
    researchedUntil: "2025-06-30",
    licenses: [{ name: "CC-BY-4.0", title: "Attribution", path: "https://cc.example/by" }, { name: "other" }],
  }),
  schema: {
    properties: {
      statements: table(
        "Statements",
        {
          subject: { ...text, title: "Subject", role: "subject", references: "parties" },
          property: { ...text, title: "Property", role: "property" },
          value: {
            type: "object",
            title: "Value",
            role: "value",
            properties: {
              code: {
                ...text,
                enum: ["signed", "asked", "plain", "maybe", "told", "half"],
                values: {
                  signed: { title: "Signed", tone: "done", description: "Put a name to it." },
                  half: { title: "Half in", tone: "partial" },
                  told: { title: "Told so", tone: "announced" },
                  asked: { title: "Asked to", tone: "intended" },
                  maybe: { title: "Perhaps", tone: "possible" },
                  plain: { title: "Plainly" },
                },
              },
              party: { ...text, references: "parties" },
              date: { ...text, format: "edtf" },
              min: { type: "number", display: "at least {}" },
              yes: { type: "boolean", display: "yes", displayFalse: "no" },
            },
          },
          date: { ...text, title: "Date", format: "edtf", role: "time" },
          certainty: {
            ...text,
            title: "Certainty",
            role: "certainty",
            enum: ["sure", "likely", "wrong"],
            values: {
              sure: { title: "Sure", level: 4, description: "Seen." },
              likely: { title: "Likely", level: 2 },
              wrong: { title: "Wrong", level: 0 },
            },
          },
          rank: { ...text, title: "Rank", role: "rank", enum: ["preferred", "normal", "deprecated"] },
          conflict: { ...text, role: "conflict" },
          reason: { ...text, role: "reason" },
          source: { ...text, title: "Source", role: "source", references: "sources" },
          locator: { ...text, role: "locator" },
          kind: { ...text, title: "Kind", enum: ["quote", "paraphrase"] },
          also: {
            type: "array",
            title: "Also",
            items: {
              type: "object",
              properties: { source: { ...text, references: "sources" }, how: { ...text, enum: ["supports", "mentions"] }, words: text },
            },
          },
          words: { type: "array", title: "Words", items: text },
          note: { ...text, title: "Note", role: "note" },
        },
        { board: { title: "Who is in", property: "state", otherwise: "Others" } },
      ),
      parties: table("Parties", {
        label: { ...text, role: "label" },
        kind: { ...text, title: "Kind" },
        since: { ...text, format: "date", title: "Since" },
        between: { type: "array", title: "Between", items: { ...text, references: "parties" } },
      }),
      sources: table("Sources", { label: { ...text, role: "label" }, title: text, url: { ...text, format: "uri" } }),
    },
  },
  tables: {
    statements: [
      statement(
        "a-signed",
        "a",
        "state",
        { code: "signed" },
        { date: "2020-09-15", rank: "preferred", conflict: "a", reason: "It is the original.", note: "For the rest see <E> & co." },
      ),
      statement(
        "a-asked",
        "a",
        "state",
        { code: "asked" },
        { date: "2020-09", conflict: "a", source: "post", kind: "quote", certainty: "likely" },
      ),
      statement(
        "a-refuted",
        "a",
        "state",
        { code: "told" },
        { date: "2020-04-01", rank: "deprecated", conflict: "a", certainty: "wrong", reason: "Too early." },
      ),
      statement("a-list", "a", "list", { code: "plain" }, { date: "2019/2020-06-30", note: "A note.", words: ["one", "two"] }),
      statement("a-old", "a", "founded", { date: "1648" }, {}),
      statement(
        "b-half",
        "b",
        "state",
        { code: "half" },
        {
          date: "2021-01-05",
          also: [
            { source: "post", how: "supports", words: "the same" },
            { source: "third", how: "mentions" },
          ],
        },
      ),
      statement("b-with", "b", "with", { party: "a" }, { date: "2021-01-05" }),
      statement("b-min", "b", "members", { min: 3 }, { date: "2021-01-05" }),
      statement("b-yes", "b", "open", { yes: true }, { date: "2021-01-05" }),
      statement("b-no", "b", "closed", { yes: false }, { date: "2021-01-05", source: "unknown" }),
      statement("c-wrong", "c", "state", { code: "maybe" }, { date: "2022", certainty: "wrong" }),
      statement("d-told", "d", "state", { code: "told" }, { date: "2022-02-02" }),
      statement("d-half", "d", "state", { code: "half" }, { date: "2022-03-03" }),
      ...Array.from({ length: 11 }, (_, i) =>
        statement(`e-${i}`, "e", "size", { min: i }, { conflict: "e", ...(i === 4 ? { rank: "preferred" } : {}) }),
      ),
      ...Array.from({ length: 18 }, (_, i) =>
        statement(`f-${i}`, `f${i}`, "state", { code: "maybe" }, { date: `2023-0${(i % 9) + 1}-01` }),
      ),
    ],
    parties: [
      { id: "a", label: "Aland", kind: "land", since: "1900-01-01" },
      { id: "b", label: "Bland" },
      { id: "c", label: "Same" },
      { id: "d", label: "Same" },
      { id: "e", label: "<E> & co", between: ["a", "b"] },
      ...Array.from({ length: 18 }, (_, i) => ({ id: `f${i}`, label: `Party ${i}` })),
      { id: "no-one", label: "No one" },
    ],
    sources: [
      { id: "times", label: "Times, 2020", title: "All the news", url: "https://times.example/a?b=1&c=2" },
      { id: "post", label: "Post, undated" },
      { id: "third", label: "Third", title: "Third title", url: "ftp://third.example/" },
      { id: "unused", label: "Unused" },
    ],
  },
  fields: { statements: ["string", "string", "string", "string"] },
};

/** A table of things: no statements, a status of its own, dates, numbers, links. */
const THINGS: Given = {
  dataset: about("bridges", { description: "Short." }),
  schema: {
    properties: {
      bridges: table("Bridges", {
        name: { ...text, title: "Name", role: "label", description: "What people call it." },
        state: {
          ...text,
          title: "State",
          role: "status",
          enum: ["open", "shut"],
          values: { open: { title: "Open", tone: "done" }, shut: { tone: "possible" } },
        },
        opened: { ...text, title: "Opened", format: "date" },
        length: { type: "number", title: "Length" },
        toll: { type: "boolean", title: "Toll" },
        photo: { ...text, title: "Photo", format: "uri" },
        seen: { ...text, title: "Seen", format: "date-time" },
        river: { ...text, title: "River", references: "rivers" },
      }),
      rivers: table("Rivers", { name: { ...text, role: "label" } }),
    },
  },
  tables: {
    bridges: [
      {
        id: "1",
        name: "Old",
        state: "open",
        opened: "1788-05-01",
        length: 198.5,
        toll: false,
        photo: "https://p.example/1.jpg",
        river: "n",
      },
      { id: "2", name: "New", state: "shut", opened: "2001-02-03", length: -3, toll: true, seen: "2025-06-15T05:00:00Z", river: "r" },
      { id: "3", name: "Rail", state: "open", photo: "javascript:alert(1)" },
      { id: "x/4", name: 'Quote " <b>', opened: "2010-12-31", river: "gone" },
    ],
    rivers: [
      { id: "n", name: "Neckar" },
      { id: "r", name: "Rhine" },
    ],
  },
};

/** More rows than a page holds. */
export const MANY: Given = {
  dataset: about("many"),
  schema: { properties: { rows: table("Rows", { kind: { ...text, enum: ["x", "y"] }, day: { ...text, format: "date" } }) } },
  tables: {
    rows: Array.from({ length: 203 }, (_, i) => ({
      id: `r${i}`,
      kind: i % 2 ? "x" : "y",
      day: `20${String(i % 90).padStart(2, "0")}-01-02`,
    })),
  },
};

/** Enough rows to tell how their columns are spread, and where they are. */
const PLACES: Given = {
  dataset: about("places", { description: `Where summits are. ${"The rest of what there is to say about them. ".repeat(5)}` }),
  schema: {
    properties: {
      summits: table("Summits", {
        range: { ...text, title: "Range" },
        height: { type: "number", title: "Height (m)" },
        climbed: { ...text, format: "edtf", title: "Climbed" },
        latitude: { type: "number" },
        longitude: { type: "number" },
      }),
    },
  },
  tables: {
    summits: Array.from({ length: 14 }, (_, i) => ({
      id: `s${i}`,
      range: ["Alps", "Tian Shan", "Andes"][i % 3],
      ...(i === 5 ? {} : { height: 1_000 + i * i * 91.5 }),
      ...(i % 4 === 0 ? {} : { climbed: i % 2 ? `${1850 + i * 7}` : `${1850 + i * 7}-08-0${1 + (i % 9)}` }),
      ...(i === 2 ? {} : { latitude: i * 5 - 20.5, longitude: i * 9.25 - 70 }),
    })),
  },
};

/** More columns than the page of a dataset describes. */
const WIDE: Given = {
  dataset: about("wide"),
  schema: {
    properties: {
      rows: table("Rows", Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, { ...text, title: `Column ${i}` }]))),
    },
  },
  tables: { rows: [{ id: "1", c0: "a", c39: "z" }] },
};

/** Nothing to show. */
const EMPTY: Given = {
  dataset: about("empty", { description: "" }),
  schema: { properties: { rows: table("Rows", { kind: text }) } },
  tables: { rows: [] },
};

const entry = (version: string, level: string, date: string | null = "2026-01-02T03:04:05Z"): object => ({
  version,
  level,
  date,
  manifest: "0",
  commit: "0",
});
const HISTORY = {
  releases: [entry("2.0.0", "major", null), entry("1.1.0", "minor"), entry("1.0.1", "patch"), entry("1.0.0", "first")],
  withdrawn: [
    { version: "1.0.1", reason: "A slip.", date: "2026-02-01T00:00:00Z" },
    { version: "1.1.0", reason: "Wrong.", date: "2026-02-02T00:00:00Z" },
    { version: "1.1.0", reason: null, date: "2026-02-03T00:00:00Z" },
  ],
  removed: [{ version: "1.0.0", reason: "Not ours." }],
};
const CHANGES = {
  from: "1.1.0",
  to: "2.0.0",
  schema: [{ change: 'The column "old" went.' }],
  tables: {
    statements: {
      added: [statement("a-asked", "a", "state", { code: "asked" }, { rank: "deprecated" })],
      changed: [
        {
          key: "a-signed",
          fields: { certainty: { old: "likely", new: "sure" }, note: { old: "gone" }, words: { new: [] }, subject: { old: "b", new: "a" } },
        },
      ],
      removed: [{ key: "z", record: statement("z", "b", "state", { code: "half" }, { rank: "preferred" }) }],
      replaced: [{ key: "y", by: "a-old", record: statement("y", "b", "state", { code: "half" }) }],
    },
    parties: { changed: [{ key: "a", fields: { label: { old: "Å", new: "Aland" } } }] },
  },
};
const REPOSITORY = { repository: { url: "https://forge.example/us/data", folder: "data/pact" }, lines: "/lines.json" };

/** Name of a case → the dataset, and which release of it is shown. */
export const CASES: Record<string, [Given, Shown]> = {
  statements: [STATEMENTS, { version: "2.0.0", isNewest: true, catalogue: HISTORY, changes: CHANGES, ...REPOSITORY }],
  "things-withdrawn": [THINGS, { version: "1.0.1", isNewest: false, catalogue: HISTORY, ...REPOSITORY }],
  "things-older": [THINGS, { version: "1.1.0", isNewest: false, catalogue: HISTORY }],
  things: [THINGS, { version: "1.0.0", isNewest: true }],
  "things-preview": [THINGS, { version: null, isNewest: true }],
  places: [PLACES, { version: "1.0.0", isNewest: true }],
  wide: [WIDE, { version: "1.0.0", isNewest: true }],
  empty: [EMPTY, { version: "1.0.0", isNewest: true }],
};
