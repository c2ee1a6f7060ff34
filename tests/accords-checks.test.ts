import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { factpress, ROOT, scratch } from "./scratch.ts";

it.each([
  ["cannot change, whatever their dates", "joinedOn", { date: "2020-09-16" }, true],
  ["can change, if their dates differ", "accordsStatus", { code: "announced" }, false],
])("reports two values without a conflict if they exclude each other: what %s (%s)", async (_what, property, value, fails) => {
  const folder = await scratch();
  const data = join(folder, "data/abraham-accords");
  await cp(join(ROOT, "data/abraham-accords"), data, { recursive: true });
  const file = join(data, "facts/bahrain.json");
  const facts = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>[];
  const known = facts.find((fact) => fact["property"] === property && fact["rank"] !== "deprecated");
  expect(known).toBeDefined();
  const {
    conflict: _conflict,
    corroboration: _other,
    reason: _reason,
    replacedBy: _replacedBy,
    ...like
  } = known as Record<string, unknown>;
  facts.push({ ...like, id: "zz-other", value, date: "2019-01-01", dateRole: "as-of", certainty: "reported", rank: "normal" });
  await writeFile(file, `${JSON.stringify(facts, null, 2)}\n`);
  const { code, out } = await factpress(folder, "check", "abraham-accords");
  const told = `${property} has one value. Give both the same "conflict" and a "reason".`;
  expect([code, out.includes(told)], out).toEqual(fails ? [1, true] : [0, false]);
});

it("fails when the sources do not bear out a certainty, a date or an exception", async () => {
  const folder = await scratch();
  const data = join(folder, "data/abraham-accords");
  await cp(join(ROOT, "data/abraham-accords"), data, { recursive: true });
  const all = { kind: "supports" };
  for (const [name, id, edit, others] of [
    ["sudan", "sd-accords-signatory-tps", { date: "2021-01-06" }, all],
    ["sudan", "sd-announced-wikipedia", {}, { kind: "mentions" }],
    ["israel-sudan", "il-sd-embassies-tps", { rank: "normal" }, {}],
    ["jews-of-kazakhstan", "jews-kz-population-laender-analysen", { certainty: "reported" }, {}],
    ["kazakhstan", "kz-religious-minorities-state-department", { certainty: "confirmed" }, {}],
    ["kazakhstan", "kz-religious-minorities-tps", { certainty: "disputed" }, {}],
    ["morocco", "ma-accords-signatory-singer", {}, all],
    ["somaliland", "somaliland-accords-intends-capitalfm", { date: "2025-12-27" }, {}],
  ] as const) {
    const file = join(data, "facts", `${name}.json`);
    const facts = JSON.parse(await readFile(file, "utf8")) as { id: string; corroboration?: object[] }[];
    for (const fact of facts.filter((one) => one.id === id)) {
      Object.assign(fact, edit);
      for (const other of fact.corroboration ?? []) Object.assign(other, others);
    }
    await writeFile(file, `${JSON.stringify(facts, null, 2)}\n`);
  }
  const { code, out } = await factpress(folder, "check", "abraham-accords");
  const found = [...out.matchAll(/facts\/(\S+)\.json:\S+ {2}id\n {2}(.+)\n {2}The rule is in checks\/(\S+)\.sql/g)];
  const told = (name: string, message: string, rule: string): unknown => [name, expect.stringContaining(message), rule];
  const certainty = "certainty-follows-sources";
  expect(
    [code, found.map(([, name, message, rule]) => [name, message, rule]).filter(([, , rule]) => rule !== "one-preferred")],
    out,
  ).toEqual([
    1,
    [
      told("israel-sudan", "This is an exception in preferred-well-sourced.sql", "preferred-well-sourced"),
      told("jews-of-kazakhstan", "This is reported, but an official or scholarly source says it.", certainty),
      told("kazakhstan", "This is disputed, but names no statement that disagrees.", certainty),
      told("kazakhstan", "(US Department of State, undated), which attributes it to others.", certainty),
      told("kazakhstan", "no independent or official source that supports it is dated 2007 or later", "evidence-not-older"),
      told(
        "morocco",
        "Two of its sources have the same author (International Legal Materials, 2021-04-26, Joel Singer, 2021-05-25)",
        certainty,
      ),
      told("somaliland", "This is as of 2025-12-27, but UNN, 2025-12-26, which supports it, was published before.", "evidence-not-older"),
      told("sudan", "3 independent publishers support it", certainty),
      told("sudan", "which is neither official nor scholarly", certainty),
    ],
  ]);
});

it("counts the entities without a Wikidata item in the dataset's README", async () => {
  const textOf = (name: string): Promise<string> => readFile(join(ROOT, "data/abraham-accords", name), "utf8");
  const entities = JSON.parse(await textOf("entities.json")) as { sameAs?: string }[];
  const missing = entities.filter(({ sameAs }) => sameAs === undefined);
  expect(await textOf("README.md")).toContain(`Of ${entities.length} entities, ${missing.length} have no \`sameAs\``);
});
