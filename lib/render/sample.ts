import type { ReleaseFolder } from "../ports/ports.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { placeOf, plainPlace, verifyingPlace } from "../site/assets.ts";
import { PAGE_ROWS } from "../site/explorer/model.ts";
import { feed } from "../site/feed.ts";
import { homePage, missingPage, nothingCurrentPage, releasePage, removedPage, subjectPage, verifyPage } from "../site/pages.tsx";
import { loadRelease } from "./release-page.ts";

const event = (version: string, reason: string | null) => ({ version, reason, commit: "c", date: "2020-01-02T00:00:00Z" });
const catalogue: Catalogue = {
  dataset: "sample",
  releases: ["1.0.3", "1.0.2", "1.0.1", "1.0.0"].map((version, i) => ({
    version,
    date: "2020-01-01T00:00:00Z",
    commit: "c",
    level: i === 3 ? "first" : "patch",
    manifest: "m",
  })),
  withdrawn: [event("1.0.0", "a"), event("1.0.1", "b"), event("1.0.1", null)],
  removed: [event("1.0.2", "c")],
};
const role = (name: string, more = {}): [string, object] => [name, { type: "string", role: name, ...more }];
const certainty = role("certainty", {
  enum: ["sure", "unsure"],
  values: { sure: { title: "Sure", level: 4, description: "d" }, unsure: { level: 1 } },
});
const text = { type: "string" };
const table = (title: string, properties: object, more = {}): object => ({
  type: "array",
  title,
  primaryKey: ["id"],
  ...more,
  items: { type: "object", required: ["id"], properties: { id: text, ...properties } },
});
const tones = Object.fromEntries(
  ["done", "partial", "announced", "possible", "context"].map((tone) => [tone, { title: tone, tone, description: "d" }]),
);
const schema = {
  properties: {
    said: table(
      "Said",
      {
        ...Object.fromEntries([
          role("subject", { references: "things" }),
          role("property"),
          role("value", { enum: Object.keys(tones), values: tones }),
          role("time", { format: "edtf" }),
          role("source", { references: "papers" }),
          ...["conflict", "reason", "locator"].map((name) => role(name)),
          role("rank", { enum: ["preferred", "normal", "deprecated"] }),
          certainty,
        ]),
        more: { type: "array", items: { type: "object", properties: { paper: { ...text, references: "papers" }, words: text } } },
        kind: { type: "boolean", title: "Kind" },
        amount: { type: "number" },
      },
      { board: { title: "b", property: "stands", otherwise: "o" } },
    ),
    things: table("Things", { label: text, note: text }),
    papers: table("Papers", { label: text, title: text, url: { ...text, format: "uri" } }),
  },
};
const said = [...Array(5).keys()].map((i) => ({
  id: String(i),
  subject: `t${i % 2}`,
  property: i < 2 ? "stands" : "p",
  value: Object.keys(tones)[i],
  time: ["1900", "2020-01", "2020-02-03", "2020/2021", undefined][i],
  source: "a",
  ...(i > 1 && i < 4 ? { conflict: "k", reason: "r" } : {}),
  rank: ["normal", "normal", "preferred", "deprecated", "normal"][i],
  certainty: i % 2 ? "sure" : "unsure",
  locator: "l",
  more: [{ paper: "b", words: "w" }],
  kind: true,
  amount: 1.5,
}));
const things = [0, 1].map((i) => ({ id: `t${i}`, label: `T${i}`, note: "t1" }));
const papers = [
  { id: "a", label: "A", title: "t", url: "https://example.org/" },
  { id: "b", label: "B" },
];

function folderOf(tables: Record<string, readonly object[]>, schema: object): ReleaseFolder {
  const resource = (path: string, bytes: number) => ({ path, bytes, hash: "sha256:h" });
  const about = {
    name: "sample",
    title: "t",
    description: "d",
    licenses: [{ name: "n", path: "https://example.org/" }, { name: "m" }],
    contributors: [{ title: "c", path: "https://example.org/" }],
    keywords: ["k"],
    homepage: "https://example.org/",
    created: "2020-03-01T00:00:00Z",
    resources: [resource("said.csv", 1), resource("said.ndjson", 2_000), resource("sample.json", 3_000_000), resource("changes.json", 9)],
  };
  const changes = {
    from: "1",
    to: "2",
    schema: [{ change: "s" }],
    tables: {
      said: {
        added: [said[0]],
        changed: [{ key: "1", fields: { value: { old: "o", new: { a: ["n"] } } } }],
        removed: [{ key: "9", record: said[1] }],
        replaced: [{ key: "8", by: "1", record: said[2] }],
      },
    },
  };
  const files = new Map<string, string>([
    ["datapackage.json", JSON.stringify(about)],
    ["schema.json", JSON.stringify(schema)],
    ["changes.json", JSON.stringify(changes)],
    ...Object.entries(tables).map(
      ([name, records]) => [`${name}.ndjson`, records.map((record) => `${JSON.stringify(record)}\n`).join("")] as const,
    ),
  ]);
  return {
    bytes: (name) => Promise.resolve(files.has(name) ? Buffer.from(files.get(name) ?? "") : undefined),
    async *read(name) {
      yield Buffer.from(files.get(name) ?? "");
    },
  };
}

/** Every kind of page and the feed for a dataset that shows all their parts: other code gives other texts. */
export async function sampleTexts(url: string | undefined): Promise<string[]> {
  const place = placeOf("/assets/", url);
  const plain = plainPlace(place);
  const many = [...Array(PAGE_ROWS + 1).keys()].map((i) => ({ id: String(i) }));
  const texts: string[] = [];
  for (const [version, isNewest, tables, described] of [
    ["1.0.3", true, { said, things, papers }, schema],
    ["1.0.1", false, { said, things, papers }, schema],
    ["1.0.0", false, { said: many }, { properties: { said: table("Said", { url: { ...text, format: "uri" } }) } }],
    [null, false, { said: [] }, { properties: { said: table("Said", {}) } }],
  ] as const) {
    const where = { base: "/", rest: "/r", lines: "/l", place, repository: { url: "https://example.org/", folder: "data" } };
    const { page, rest, subjects } = await loadRelease(folderOf(tables, described), version, catalogue, isNewest, where);
    texts.push(await releasePage(page), rest ?? "", ...(await Promise.all(subjects.map(subjectPage))));
  }
  return [
    ...texts,
    await nothingCurrentPage({
      name: "sample",
      title: "t",
      catalogue: { ...catalogue, withdrawn: catalogue.withdrawn.slice(0, 1) },
      place: plain,
    }),
    await removedPage({ name: "sample", title: "t", version: "1.0.2", reason: "r", place: plain }),
    await homePage([{ name: "n", title: "t", description: "d", version: "1.0.0", date: null }], plain),
    await missingPage(plain),
    await verifyPage(verifyingPlace(place)),
    feed(catalogue, "t", new Map([["1.0.3", "c"]])),
  ];
}
