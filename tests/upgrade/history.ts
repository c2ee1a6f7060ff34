import { repository, write } from "../scratch.ts";

/** Two datasets: readers of `plain` see no difference between layouts 1 and 2, readers of `signs` do. */
const METADATA = { description: "d", licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } };
const text = { type: "string" };
const schema = (properties: object): object => ({
  type: "object",
  properties: {
    genes: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], additionalProperties: false, properties },
    },
  },
});

const PLAIN = { "dataset.json": { name: "plain", title: "Plain", ...METADATA }, "schema.json": schema({ id: text, name: text }) };
const SIGNS = {
  "dataset.json": { name: "signs", title: "Signs", ...METADATA },
  "schema.json": schema({
    id: text,
    name: text,
    strand: { type: "string", enum: ["+", "-"] },
    aliases: { type: "array", items: text },
    "=1+2": text,
  }),
};

const [a, b] = [
  { id: "a", name: "Alpha" },
  { id: "b", name: "=1+1" },
];
const signs = (record: object): object => ({ ...record, strand: "-", aliases: ["x", "=y"], "=1+2": "+297" });

const at = (folder: string, files: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`data/${folder}/${name}`, content]));

const [FIRST, SECOND] = ["6519a7a32b6b2c84c28e5a4b4006266e5ac0f32e", "b5edd7083cba3d7ed6b1ec7700d3b2cc92000b4c"];
const catalogue = (dataset: string, [second, first]: readonly string[]): string =>
  `${JSON.stringify(
    {
      dataset,
      releases: [
        { version: "1.1.0", date: "2026-01-02T00:00:00Z", commit: SECOND, level: "minor", manifest: second },
        { version: "1.0.0", date: "2026-01-01T00:00:00Z", commit: FIRST, level: "first", manifest: first },
      ],
      withdrawn: [],
      removed: [],
    },
    null,
    1,
  )}\n`;

/** The catalogues as Factpress 0.2.0 wrote them at 97c91f0, before there was a layout 2. */
export const CATALOGUES = {
  "plain/releases.json": catalogue("plain", [
    "761e94254cf11044317555af5bf14c2dc658549dca851c5f2098903fe32e8dcc",
    "c48e653a08f108a4e1d73d34d1a86beaf9750c82c4ebadeca3ec132582a754fe",
  ]),
  "signs/releases.json": catalogue("signs", [
    "16976e74c246333e130df316cfdafe14be1d7586ba4fd15f070164c15764cb1a",
    "e594f7f9a1b243792c2cdeaf6227c4e99aba7b335cc505dba2caaa30cb3a1bd1",
  ]),
};

/** The repository that they were published from: its commits have the same ids wherever it is made. */
export async function publishedHistory(): Promise<Awaited<ReturnType<typeof repository>>> {
  const repo = await repository();
  await write(repo.folder, { ...at("plain", { ...PLAIN, "genes.json": [a] }), ...at("signs", { ...SIGNS, "genes.json": [signs(a)] }) });
  await repo.commit("First", "2026-01-01T00:00:00Z");
  await write(repo.folder, { ...at("plain", { "genes.json": [a, b] }), ...at("signs", { "genes.json": [signs(a), signs(b)] }) });
  await repo.commit("Second", "2026-01-02T00:00:00Z");
  return repo;
}

/** A correction in both datasets. */
export const correction = {
  ...at("plain", { "genes.json": [{ ...a, name: "Alfa" }, b] }),
  ...at("signs", { "genes.json": [signs({ ...a, name: "Alfa" }), signs(b)] }),
};

/** A new major version of `signs`, announced: a record was removed. */
export const newMajor = at("signs", {
  "dataset.json": { ...SIGNS["dataset.json"], release: { version: "2.0.0" } },
  "genes.json": [signs({ ...a, name: "Alfa" })],
});
