import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";
import { type Given, type Pages, pagesOf } from "./pages-of.ts";

// What a page may claim is derived here from the records and the schema alone, by code that shares nothing with the site.

type Json = Record<string, unknown>;
interface Field {
  role?: string;
  format?: string;
  references?: string;
  enum?: string[];
  values?: Record<string, { title?: string; description?: string; tone?: string; level?: number; since?: string }>;
  properties?: Record<string, Field>;
}

const jsonOf = (path: string): never => JSON.parse(readFileSync(path, "utf8")) as never;
function accords(): Given {
  const folder = join(ROOT, "data/abraham-accords");
  const list = (name: string): Json[] => jsonOf(join(folder, name));
  const tables = {
    facts: readdirSync(join(folder, "facts"))
      .sort()
      .flatMap((name) => list(`facts/${name}`)),
    entities: list("entities.json"),
    properties: list("properties.json"),
    sources: list("sources.json"),
  };
  return { dataset: jsonOf(join(folder, "dataset.json")), schema: jsonOf(join(folder, "schema.json")), tables } as Given;
}

/** Statements under other names, with words of their own. */
const text = { type: "string" };
const TREATIES: Given = {
  dataset: { name: "treaties", title: "Treaties", description: "Who ratified what.", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    type: "object",
    properties: {
      lands: {
        type: "array",
        title: "Lands",
        primaryKey: ["code"],
        items: { properties: { code: text, called: { ...text, role: "label" } } },
      },
      claims: {
        type: "array",
        title: "Claims",
        primaryKey: ["no"],
        board: { title: "State of ratification", property: "ratification", otherwise: "Not a party" },
        items: {
          properties: {
            no: text,
            land: { ...text, title: "Land", role: "subject", references: "lands" },
            about: { ...text, title: "About", role: "property" },
            says: {
              ...text,
              title: "Says",
              role: "value",
              format: "edtf",
              enum: ["ratified", "signed", "denied", "1990", "42", "1990-05", "1991-06/1992"],
              values: {
                ratified: { title: "Has ratified", tone: "done" },
                signed: { title: "Has signed", tone: "partial" },
                denied: { title: "Denies it" },
              },
            },
            day: { ...text, format: "date", title: "Day", role: "time" },
            trust: {
              ...text,
              title: "Trust",
              role: "certainty",
              enum: ["sure", "doubtful", "false"],
              values: { sure: { title: "Sure", level: 4 }, doubtful: { title: "Doubtful", level: 2 }, false: { title: "False", level: 0 } },
            },
            weight: { ...text, title: "Weight", role: "rank", enum: ["preferred", "normal", "deprecated"] },
            quarrel: { ...text, role: "conflict" },
            why: { ...text, role: "reason" },
            next: { ...text, title: "Next", role: "replacedBy", references: "claims" },
          },
        },
      },
    },
  },
  tables: {
    lands: ["a", "b", "c", "d", "e", "f", "g", "h"].map((code) => ({ code, called: `Land ${code.toUpperCase()}` })),
    claims: [
      { no: "1", land: "a", about: "ratification", says: "ratified", day: "2001-02-03", trust: "sure", weight: "preferred", quarrel: "q" },
      { no: "2", land: "a", about: "ratification", says: "signed", day: "2000-01-01", trust: "doubtful", weight: "normal", quarrel: "q" },
      { no: "3", land: "a", about: "parliament", says: "denied", day: "1999-05-05", trust: "sure", weight: "normal" },
      {
        no: "4",
        land: "b",
        about: "ratification",
        says: "signed",
        day: "2003-03-03",
        trust: "false",
        weight: "deprecated",
        why: "misread",
      },
      { no: "5", land: "b", about: "founded", says: "1990", day: "1990-01-01", trust: "sure", weight: "normal", quarrel: "f" },
      { no: "10", land: "b", about: "founded", says: "1990-05", day: "1990-05-01", trust: "sure", weight: "normal", quarrel: "f" },
      { no: "11", land: "b", about: "founded", says: "1991-06/1992", trust: "doubtful", weight: "normal", quarrel: "f" },
      { no: "6", land: "c", about: "ratification", says: "ratified", day: "2004-04-04", trust: "false", weight: "normal" },
      { no: "7", land: "d", about: "ratification", says: "signed", day: "2005-05-05", trust: "sure", weight: "normal", quarrel: "r" },
      { no: "8", land: "d", about: "ratification", says: "ratified", day: "2006-06-06", trust: "sure", weight: "normal", quarrel: "r" },
      { no: "9", land: "d", about: "members", says: "42", trust: "doubtful", weight: "preferred" },
      { no: "12", land: "e", about: "ratification", says: "signed", day: "2007-07-07", trust: "sure", weight: "preferred", next: "13" },
      { no: "13", land: "e", about: "ratification", says: "ratified", day: "2008-08-08", trust: "sure", weight: "normal" },
      { no: "14", land: "e", about: "members", says: "42", trust: "sure", weight: "normal", quarrel: "m", next: "15" },
      { no: "15", land: "e", about: "members", says: "1990", trust: "sure", weight: "normal", quarrel: "m" },
      { no: "16", land: "f", about: "ratification", says: "signed", day: "2009-09-09", trust: "false", weight: "preferred" },
      { no: "18", land: "h", about: "ratification", says: "42", day: "2010-10-10", trust: "sure", weight: "normal" },
      { no: "19", land: "g", about: "ratification", says: "denied", day: "2011-11-11", trust: "sure", weight: "normal" },
      { no: "17", land: "f", about: "ratification", says: "ratified", day: "2009-10-10", trust: "doubtful", weight: "normal" },
    ],
  },
};

const own = <T>(record: Record<string, T> | undefined, key: unknown): T | undefined =>
  record && Object.hasOwn(record, String(key)) ? record[String(key)] : undefined;

/** What the records say, as a reader of the files would tell it. */
function told({ schema, tables }: Given) {
  const described = (
    schema as {
      properties: Record<
        string,
        { board?: { property: string; first?: string[]; columns?: string[] }; primaryKey: string[]; items: Field }
      >;
    }
  ).properties;
  const [name, table] = Object.entries(described).find(([, { items }]) =>
    Object.values(items.properties ?? {}).some(({ role }) => role === "value"),
  ) as [string, (typeof described)[string]];
  const fields = table.items.properties ?? {};
  const named = (role: string): string => Object.keys(fields).find((field) => fields[field]?.role === role) ?? "";
  const [subject, property, value, rank, certainty, conflict, time] = [
    ...["subject", "property", "value", "rank", "certainty", "conflict", "time"].map(named),
  ] as [string, string, string, string, string, string, string];
  const records = tables[name] as Json[];
  const labelOf = (target: string | undefined, key: unknown): string => {
    const referred = target === undefined ? undefined : described[target];
    const label = Object.entries(referred?.items.properties ?? {}).find(([, { role }]) => role === "label")?.[0] ?? "label";
    const found = (tables[target ?? ""] as Json[] | undefined)?.find((record) => record[referred?.primaryKey[0] ?? ""] === key);
    return String(found?.[label] ?? key);
  };
  const status = (record: Json): string | undefined => {
    const held = record[value];
    const code = held !== null && typeof held === "object" ? (held as Json)["code"] : held;
    return record[property] === table.board?.property && typeof code === "string" ? code : undefined;
  };
  const statusValues = { ...fields[value]?.values, ...fields[value]?.properties?.["code"]?.values };
  const level = (record: Json): number | undefined => own(fields[certainty]?.values, record[certainty])?.level;
  const successor = Object.keys(fields).find((field) => field === "replacedBy" || fields[field]?.role === "replacedBy") ?? "";
  const isReplaced = (record: Json): boolean => record[successor] !== undefined;
  /** Neither deprecated nor refuted nor replaced. */
  const stands = (record: Json): boolean => record[rank] !== "deprecated" && level(record) !== 0 && !isReplaced(record);
  const isPreferred = (record: Json): boolean => record[rank] === "preferred" && stands(record);
  const tone = (record: Json): string | undefined =>
    record[rank] === "deprecated" || level(record) === 0 ? undefined : own(statusValues, status(record))?.tone;
  /** The statuses of a subject: of its preferred statements, else of those that stand. */
  const statuses = (key: unknown): string[] => {
    const held = records.filter((record) => record[subject] === key && status(record) !== undefined && stands(record));
    const preferred = held.filter(isPreferred);
    return [...new Set((preferred.length > 0 ? preferred : held).map((record) => status(record) as string))];
  };
  const key = (record: Json): string => table.primaryKey.map((field) => String(record[field])).join("/");
  const isDated = (field: Field | undefined): boolean => ["edtf", "date"].includes(field?.format ?? "");
  /** A value that is a date and nothing else. */
  const dated = (record: Json): string => {
    const held = record[value];
    if (typeof held === "string") return isDated(fields[value]) ? held : "";
    const [[name, text] = ["", ""], ...more] = Object.entries((held ?? {}) as Json);
    return more.length === 0 && isDated(fields[value]?.properties?.[name]) ? String(text) : "";
  };
  /** 2020-09 lies in 2020, and in 2019/2021: by the letters of their first and last days. */
  const isPartOf = (inner: string, outer: string): boolean => {
    const ends = (text: string): [string, string] => {
      const [from = "", to = from] = text.split("/");
      return [`${from}-00-00`.slice(0, 10), `${to}-99-99`.slice(0, 10)];
    };
    return (
      inner !== "" &&
      outer !== "" &&
      inner !== outer &&
      ends(outer)[0] <= ends(inner)[0].replace(/-00/g, "-01") &&
      ends(inner)[1] <= ends(outer)[1]
    );
  };
  const rivals = (record: Json): Json[] =>
    typeof record[conflict] !== "string"
      ? []
      : records.filter((other) => other[conflict] === record[conflict] && JSON.stringify(other[value]) !== JSON.stringify(record[value]));
  const lessPrecise = (record: Json): string[] =>
    rivals(record)
      .filter((other) => isPartOf(dated(record), dated(other)))
      .map(key);
  const morePrecise = (record: Json): string[] =>
    rivals(record)
      .filter((other) => isPartOf(dated(other), dated(record)))
      .map(key);
  const opponents = (record: Json): string[] =>
    rivals(record)
      .map(key)
      .filter((other) => !lessPrecise(record).includes(other) && !morePrecise(record).includes(other));
  /** What becomes of a statement beside those that contradict it. */
  const verdict = (record: Json): string => {
    if (record[rank] === "deprecated" || level(record) === 0) return "Contradicted";
    if (isReplaced(record)) return "Less precise or older";
    if (isPreferred(record)) return "Upheld or not contradicted";
    const best = rivals(record).find(isPreferred);
    if (best && isPartOf(dated(best), dated(record))) return "Less precise or older";
    if (opponents(record).length === 0 || (best && isPartOf(dated(record), dated(best)))) return "Upheld or not contradicted";
    if (!best)
      return rivals(record).some((other) => opponents(record).includes(key(other)) && stands(other))
        ? "Open"
        : "Upheld or not contradicted";
    return (level(record) ?? 0) >= 3 ? "Less precise or older" : "Contradicted";
  };
  const hasDate = (record: Json): boolean => {
    const held = record[value];
    if (typeof held === "string" && /^\d{4}/.test(held)) return true;
    return record[time] !== undefined || (held !== null && typeof held === "object" && (held as Json)["date"] !== undefined);
  };
  const propertyLabel = (record: Json): string => labelOf(fields[property]?.references, record[property]);
  const answering = [...(table.board?.first ?? []), table.board?.property, ...(table.board?.columns ?? [])];
  /** The properties in the order in which pages tell them: those of the board, of their table, then as they are met. */
  const propertiesInOrder = (): string[] => {
    const target = fields[property]?.references;
    const listed = ((target === undefined ? undefined : tables[target]) ?? []) as Json[];
    const keys = listed.map((each) => String(each[described[target ?? ""]?.primaryKey[0] ?? ""]));
    return [...new Set([...answering, ...keys, ...records.map((record) => String(record[property]))])].map(String);
  };
  /** What an answer about a subject and a property rests on: the preferred statements, else all that stand. */
  const standing = (key: unknown, about: string): Json[] => {
    const held = records.filter((record) => record[subject] === key && record[property] === about && stands(record));
    const preferred = held.filter(isPreferred);
    return preferred.length > 0 ? preferred : held;
  };
  const sorts = described["sources"]?.items.properties?.["type"]?.values;
  /** Of its own source and those that support it, the first of the most reliable sort that has no deprecated statement, if there is one. */
  const reliableSource = (record: Json): unknown => {
    const deprecated = new Set(records.filter((other) => other[rank] === "deprecated").map((other) => other[named("source")]));
    const cited = (record["corroboration"] ?? []) as { source: string; kind: string }[];
    const supporting = [record[named("source")], ...cited.filter(({ kind }) => kind === "supports").map(({ source }) => source)];
    const levelOf = (source: unknown): number =>
      own(sorts, (tables["sources"] as Json[] | undefined)?.find(({ id }) => id === source)?.["type"])?.level ?? 4;
    const sound = supporting.filter((source) => !deprecated.has(source));
    const among = sound.length > 0 ? sound : supporting;
    const best = Math.max(...among.map(levelOf));
    return among.find((source) => levelOf(source) === best);
  };
  /** The sentences about a subject, of cells as the table shows them. */
  const sentences = (subjectKey: unknown, cellsOf: (record: Json) => { value: string; date: string }): string => {
    const tell = (about: string): string => {
      const held = standing(subjectKey, about);
      if (held.length === 0) return "";
      const title = labelOf(fields[property]?.references, about);
      const said = new Map<string, Set<string>>();
      for (const record of held) {
        const { value, date } = cellsOf(record);
        const doubt = (level(record) ?? 4) < 3 ? own(fields[certainty]?.values, record[certainty])?.title : undefined;
        // The date of a status is that of its evidence.
        const asOf = tone(record) !== undefined && date !== "" ? `, as of ${date}` : "";
        const notes = [asOf === "" ? date : "", doubt].filter((note) => note && note !== value).join("; ");
        const whole = `${value}${asOf}${notes && ` (${notes})`}`;
        const names = said.get(whole) ?? new Set();
        said.set(whole, names);
        const by = reliableSource(record);
        // "undated", and the date of a source, are not about the statement.
        if (by !== undefined) names.add(labelOf(fields[named("source")]?.references, by).replace(/, (undated|(about )?\d[^,]*)$/, " ($1)"));
      }
      const values = [...said].map(
        ([value, by]) => `${value}${by.size === 0 ? "" : by.size === 1 ? ", says " : ", say "}${[...by].join("; ")}`,
      );
      const told = [...values.slice(0, 3), ...(values.length > 3 ? [`${values.length - 3} more`] : [])].join("; ");
      const link =
        values.length === 1 && /\b(on|of|in|at|by|for|from|since|to|until|with)$/.test(title) && title.includes(" ") ? " " : ": ";
      const code = about === table.board?.property ? new Set(held.map(status)) : new Set<string>();
      const [meaning = ""] = code.size === 1 ? [own(statusValues, [...code][0])?.description ?? ""] : [];
      const against = new Set(held.flatMap(opponents));
      const inside = held.filter((record) => against.delete(key(record))).length;
      const others = against.size === 0 ? "" : `${against.size} ${against.size === 1 ? "other claim differs" : "other claims differ"}.`;
      const agreeing = (ids: string[], word: string): string => {
        const outside = new Set(ids.filter((id) => !held.map(key).includes(id)));
        return outside.size === 0 ? "" : `${outside.size} other ${outside.size === 1 ? "claim is" : "claims are"} ${word} precise.`;
      };
      return [
        `${title}${link}${told}.`,
        meaning && (meaning.endsWith(".") ? meaning : `${meaning}.`),
        inside > 0 ? "These claims conflict." : "",
        others,
        agreeing(held.flatMap(lessPrecise), "less"),
        agreeing(held.flatMap(morePrecise), "more"),
      ]
        .filter(Boolean)
        .join(" ");
    };
    const ordered = propertiesInOrder();
    const answer = ordered
      .filter((each) => answering.includes(each))
      .map(tell)
      .filter(Boolean);
    return answer.length > 0 ? answer.join(" ") : (ordered.map(tell).find(Boolean) ?? "");
  };
  const subjectLabel = (record: Json): string => labelOf(fields[subject]?.references, record[subject]);
  const ranked = (record: Json): string | undefined =>
    record[rank] === "deprecated" ? "deprecated" : isReplaced(record) ? "replaced" : isPreferred(record) ? "preferred" : undefined;
  return {
    verdict,
    lessPrecise,
    morePrecise,
    sentences,
    source: (record: Json): string => String(record[named("source")]),
    ...{ name, records, key, tone, level, statuses, standing, opponents, hasDate, propertyLabel, subjectLabel, ranked, statusValues },
    successor: (record: Json): unknown => record[successor],
    property: (record: Json): string => String(record[property]),
    answering: answering.filter((each) => each !== undefined),
    /** The tone of a mark: that of the status of its subject, at the statement that says since when, if there is one with a date. */
    markTone: (record: Json): string | undefined => {
      const dating = (code: string): Json[] => {
        const since = own(statusValues, code)?.since;
        return since === undefined ? [] : standing(record[subject], since).filter((each) => hasDate(each));
      };
      const code = status(record);
      const held = statuses(record[subject]);
      if (code !== undefined) return !held.includes(code) || dating(code).length > 0 ? undefined : tone(record);
      return own(
        statusValues,
        held.find((each) => dating(each).includes(record)),
      )?.tone;
    },
    /** The statements that are said before the status of a subject. */
    before: (key: string): Json[] => (table.board?.first ?? []).flatMap((about) => standing(key, about)),
    rank: (record: Json): string => String(record[rank]),
    subject: (record: Json): string => String(record[subject]),
    certainty: (record: Json): string => own(fields[certainty]?.values, record[certainty])?.title ?? String(record[certainty]),
    certaintyColumn: Object.keys(fields).includes(certainty),
  };
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
/** What is heard: without what is hidden from screen readers. */
const heard = (html: string): string => plain(html.replace(/<(\w+)[^>]*aria-hidden="true"[^>]*>.*?<\/\1>/g, ""));
const toneOf = (html: string): string | undefined => /#_tone-(\w+)/.exec(html)?.[1];

describe.each([
  ["the Accords", accords()],
  ["a dataset with other names and words", TREATIES],
])("the pages of %s", (_, given) => {
  const data = told(given);
  let pages: Pages;
  /** Key of a record → the cells of its row, by their class. */
  const rows = new Map<string, Map<string, string>>();
  const rowOf = (record: Json): Map<string, string> => rows.get(data.key(record)) as Map<string, string>;
  beforeAll(async () => {
    pages = await pagesOf(given);
    for (const [, id = "", row = ""] of pages.whole.matchAll(new RegExp(`<tr [^>]*?id="${data.name}-([^"]*)"[^>]*>(.*?)</tr>`, "g")))
      rows.set(
        plain(id),
        new Map([...row.matchAll(/<t[hd][^>]*class="(\w+)"[^>]*>(.*?)<\/t[hd]>/g)].map(([, kind = "", cell = ""]) => [kind, cell])),
      );
  });

  it("have a row for each statement, with its own subject and property", () => {
    expect([...rows.keys()].sort()).toEqual(data.records.map(data.key).sort());
    for (const record of data.records)
      expect([plain(rowOf(record).get("subject") ?? ""), plain(rowOf(record).get("text") ?? "")]).toEqual([
        data.subjectLabel(record),
        data.propertyLabel(record),
      ]);
  });

  it("show the tone of a status only beside the statement of that status", () => {
    const shown = data.records.map((record) => [...rowOf(record).values()].flatMap((cell) => toneOf(cell) ?? []));
    expect(shown).toEqual(data.records.map((record) => [data.tone(record)].filter(Boolean)));
    expect(shown.flat().length).toBeGreaterThan(2);
  });

  it("show each statement's own rank, and strike out what is deprecated, for ears too", () => {
    for (const record of data.records) {
      expect(plain(rowOf(record).get("rank") ?? "")).toBe(data.rank(record));
      const value = rowOf(record).get("value") ?? "";
      const isDeprecated = data.rank(record) === "deprecated";
      expect(
        [value.includes("<s "), heard(value.split('<span class="claim"')[0] ?? "").endsWith("(deprecated)")],
        data.key(record),
      ).toEqual([isDeprecated, isDeprecated]);
    }
    expect(new Set(data.records.map(data.rank)).size).toBe(3);
  });

  it("show each statement's own certainty, with as many bars of four filled", () => {
    const symbols = [...pages.html.matchAll(/<symbol id="_level-(\d)"[^>]*>(.*?)<\/symbol>/g)];
    const bars = symbols.map(([, level, drawing = ""]) => [
      level,
      drawing.match(/class="full"/g)?.length ?? 0,
      drawing.match(/<rect /g)?.length,
    ]);
    expect(bars).toEqual([0, 1, 2, 3, 4].map((level) => [String(level), level, 4]));
    for (const record of data.records) {
      const cell = rowOf(record).get("certainty") ?? "";
      expect([plain(cell), Number(/#_level-(\d)/.exec(cell)?.[1])]).toEqual([data.certainty(record), data.level(record)]);
    }
  });

  it("set against a statement only what contradicts it, with its rank, and say so aloud", () => {
    const byKey = new Map(data.records.map((record) => [data.key(record), record]));
    let count = 0;
    for (const record of data.records) {
      const claims = [...(rowOf(record).get("value") ?? "").matchAll(/<span class="claim">(.*?)<\/a>(.*?)<\/span>/g)];
      for (const [line, claim = "", after = ""] of claims) {
        const other = decodeURIComponent(/href="#([^"]*)"/.exec(claim)?.[1] ?? "").slice(data.name.length + 1);
        expect(data.opponents(record)).toContain(other);
        expect(after).toBe(data.ranked(byKey.get(other) as Json) === undefined ? "" : `, ${data.ranked(byKey.get(other) as Json)}`);
        expect(heard(line)).toMatch(/^contradicted by /);
        count += 1;
      }
      expect(claims.length > 0).toBe(data.opponents(record).length > 0);
    }
    expect(count).toBeGreaterThan(1);
  });

  it("name the statement that replaces another, which is no longer part of an answer", () => {
    const replaced = data.records.filter((record) => data.successor(record) !== undefined);
    expect(replaced.length).toBeGreaterThan(0);
    for (const record of data.records) {
      const [, link] = /Replaced by: <a href="#([^"]*)"/.exec(rowOf(record).get("value") ?? "") ?? [];
      const by = data.successor(record);
      expect(link && decodeURIComponent(link), data.key(record)).toBe(by === undefined ? undefined : `${data.name}-${String(by)}`);
    }
  });

  it("answer about each property with the statements that it rests on", () => {
    for (const [subject, html] of pages.subjects) {
      const list = /<dl class="believed">(.*?)<\/dl>/.exec(html)?.[1] ?? "";
      for (const [, title = "", held = ""] of list.matchAll(/<dt[^>]*>(.*?)<\/dt><dd>(.*?)<\/dd>/g)) {
        const about = data.records.filter((record) => data.subject(record) === subject && data.propertyLabel(record) === plain(title));
        const rests = data.standing(subject, data.property(about[0] as Json));
        const shown = held.split('<span class="held">').slice(1);
        expect(shown.length, `${subject} ${title}`).toBe(rests.length > 0 ? rests.length : about.length);
        if (rests.length === 0)
          for (const each of shown) expect(plain(each), `${subject} ${title}`).toMatch(/\(deprecated\)|refuted|false|replaced/i);
      }
    }
  });

  it("set a less or more precise date beside a statement, and do not count it as a contradiction", () => {
    const named: string[] = [];
    for (const record of data.records) {
      const cell = rowOf(record).get("value") ?? "";
      for (const [, word = "", claim = ""] of cell.matchAll(/<span class="precise muted">(?:\d+ )?(less|more) precise.*?(<a .*?)<\/a>/gi)) {
        const other = decodeURIComponent(/href="#([^"]*)"/.exec(claim)?.[1] ?? "").slice(data.name.length + 1);
        expect(word.toLowerCase() === "less" ? data.lessPrecise(record) : data.morePrecise(record)).toContain(other);
        named.push(`${data.key(record)} ${word.toLowerCase()}`);
      }
    }
    const expected = data.records.flatMap((record) => [
      ...(data.lessPrecise(record).length > 0 ? [`${data.key(record)} less`] : []),
      ...(data.morePrecise(record).length > 0 ? [`${data.key(record)} more`] : []),
    ]);
    expect(named.sort()).toEqual(expected.sort());
    expect(named.length).toBeGreaterThan(1);
    const contradicted = data.records.filter((record) => data.opponents(record).length > 0).length;
    expect(pages.html).toContain(`(${contradicted} with conflicting claims)`);
  });

  it("draw a mark for dated statements only, each in its own tone, with its rank in words", () => {
    const byKey = new Map(data.records.map((record) => [data.key(record), record]));
    const marks = [...pages.whole.matchAll(/<a href="#([^"]*)"[^>]*data-mark[^>]*><title>([^<]*)<\/title>(.*?)<\/a>/g)].filter(
      ([, , title]) => !/^\d+ more of that day$/.test(title ?? ""),
    );
    expect(marks.length).toBeGreaterThan(5);
    const tones = marks.map(([, anchor = "", title = "", drawing = ""]) => {
      const record = byKey.get(decodeURIComponent(anchor).slice(data.name.length + 1)) as Json;
      expect(data.hasDate(record)).toBe(true);
      const ranked = data.ranked(record);
      expect(/, (preferred|deprecated|replaced)(?:,|$)/.exec(title)?.[1]).toBe(ranked);
      expect(plain(title)).toContain(data.certainty(record));
      expect(drawing.includes('class="pill"')).toBe(ranked === "deprecated");
      const shape = /class="shape (\w+)"/.exec(drawing)?.[1];
      expect(shape, data.key(record)).toBe(ranked === "deprecated" ? undefined : (data.markTone(record) ?? "plain"));
      return shape;
    });
    expect(new Set(tones).size).toBeGreaterThan(2);
  });

  it("say beside a lane and on the board what the best statements of its subject say", () => {
    const subjects = [...new Set(data.records.map(data.subject))];
    const labels = new Map(data.records.map((record) => [data.subject(record), data.subjectLabel(record)]));
    const codes = new Set([...Object.keys(data.statusValues), ...subjects.flatMap(data.statuses)]);
    const expected = [...codes].flatMap((code) =>
      subjects
        .filter((subject) => data.statuses(subject).includes(code))
        .map((subject) => [labels.get(subject), data.statusValues[code]?.title ?? code, data.statusValues[code]?.tone ?? "context"]),
    );
    const table = /<section class="answers".*?<\/section>/.exec(pages.html)?.[0] ?? "";
    const shown = [
      ...table.matchAll(
        /<tr><th scope="row"[^>]*>(.*?)<\/th><td data-title="Status">((?:(?!<\/td>).)*?)(<span class="tone .*?)<\/span>(.*?)<\/td>/g,
      ),
    ];
    expect(shown.map(([, label = "", , status = ""]) => [plain(label), plain(status), toneOf(status)])).toEqual(expected);
    for (const [, label = "", before = "", status = "", after = ""] of shown) {
      const stated = data.records.filter((record) => data.subjectLabel(record) === plain(label));
      const [first, ...others] = data.before(data.subject(stated[0] as Json));
      const value = plain(/class="said">(.*?)<\/span>/.exec((first && rowOf(first).get("value")) ?? "")?.[1] ?? "");
      expect(others).toEqual([]);
      expect(plain(/^.*?<\/strong>/.exec(before)?.[0] ?? "")).toBe(first ? `${data.propertyLabel(first)}: ${value}` : "");
      const dates = stated
        .filter((record) => plain(rowOf(record).get("value") ?? "").startsWith(plain(status)))
        .map((record) => plain(rowOf(record).get("date") ?? ""));
      expect(dates.map((date) => (date === "" ? "" : `, as of ${date}`))).toContain(/^[^<]*/.exec(after)?.[0]);
    }
    expect(expected.length).toBeGreaterThan(1);
    const lanes = [...pages.whole.matchAll(/<div class="about"><strong[^>]*>([^<]*)<\/strong>(.*?)<\/div>/g)];
    for (const [, label = "", rest] of lanes) {
      const subject = [...labels].find(([, known]) => known === plain(label))?.[0];
      const [only, ...more] = data.statuses(subject);
      const note = only !== undefined && more.length === 0 ? own(data.statusValues, only) : undefined;
      if (note) expect([plain(rest ?? ""), toneOf(rest ?? "")]).toEqual([note.title, note.tone ?? "context"]);
      else expect(["context", undefined]).toContain(toneOf(rest ?? ""));
    }
  });

  it("say on the page of a subject how each statement about it is ranked", () => {
    let count = 0;
    for (const [subject, html] of pages.subjects) {
      const articles = [...html.matchAll(new RegExp(`<article id="${data.name}-([^"]*)"[^>]*><h3[^>]*>(.*?)</h3>`, "g"))];
      const about = new Map(articles.map(([, id = "", title = ""]) => [plain(id), title]));
      for (const record of data.records.filter((each) => data.subject(each) === subject)) {
        const title = about.get(data.key(record)) ?? "";
        expect(/class="ranked"[^>]*>(\w+)/.exec(title)?.[1]).toBe(data.ranked(record));
        expect([title.includes("<s "), heard(title).includes("(deprecated)")]).toEqual(Array(2).fill(data.rank(record) === "deprecated"));
        expect(plain(title)).toContain(data.propertyLabel(record));
        count += 1;
      }
    }
    expect(count).toBe(data.records.length);
  });

  it("begin the page of a subject with sentences that rest on its best statements, name their sources, and say what conflicts", () => {
    const cellsOf = (record: Json) => ({
      value: plain(/<(span|s) class="said">(.*?)<\/\1>/.exec(rowOf(record).get("value") ?? "")?.[2] ?? ""),
      date: plain(rowOf(record).get("date") ?? ""),
    });
    const told = [...pages.subjects].map(([subject, html]) => [subject, plain(/<p class="lead"[^>]*>(.*?)<\/p>/.exec(html)?.[1] ?? "")]);
    const until = given.dataset["researchedUntil"] === "2026-02-19" ? " No dated source of the dataset is newer than 19 Feb 2026." : "";
    const expected = [...pages.subjects.keys()].map((subject) => [subject, data.sentences(subject, cellsOf)]);
    expect(told).toEqual(expected.map(([subject, text]) => [subject, text === "" ? "" : `${text}${until}`]));
    expect(told.filter(([, text]) => text?.includes(" other claim")).length).toBeGreaterThan(0);
  });

  it("sort the statements of a source by what others say instead", () => {
    let count = 0;
    for (const [source, html] of pages.sources) {
      const parts = new Map(
        [...html.matchAll(/<h2>([^<(]*) \(\d+\)<\/h2>(.*?)(?=<h2>)/g)].map(([, title = "", list = ""]) => [title, list]),
      );
      const said = data.records.filter((record) => data.source(record) === source);
      for (const title of ["Contradicted", "Open", "Less precise or older", "Upheld or not contradicted"]) {
        const items = [...(parts.get(title) ?? "").matchAll(/<li><strong[^>]*><a href="[^"#]*#([^"]*)"|<li id="([^"]*)"/g)];
        const ids = items.map(([, link, id = ""]) => link ?? id).map((anchor) => decodeURIComponent(anchor).slice(data.name.length + 1));
        const expected = said.filter((record) => data.verdict(record) === title).map(data.key);
        expect(ids.sort(), `${source}: ${title}`).toEqual(expected.sort());
        count += ids.length;
      }
    }
    expect(count).toBe(data.records.filter((record) => data.source(record) !== "undefined").length);
  });

  it("name the buttons of a row by what a reader sees, not by its key", () => {
    for (const record of data.records) {
      const cell = rowOf(record).get("opens") ?? "";
      expect(heard(cell)).toContain(`of ${data.subjectLabel(record)}, ${data.propertyLabel(record)}`);
    }
  });
});
