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

it("fails when a certainty is higher or lower than what the sources support", async () => {
  const folder = await scratch();
  const data = join(folder, "data/abraham-accords");
  await cp(join(ROOT, "data/abraham-accords"), data, { recursive: true });
  const file = join(data, "facts/sudan.json");
  const facts = JSON.parse(await readFile(file, "utf8")) as { id: string; certainty: string; corroboration: { kind: string }[] }[];
  for (const fact of facts) {
    if (fact.id === "sd-accords-signatory-tps") for (const other of fact.corroboration) other.kind = "supports";
    if (fact.id === "sd-announced-wikipedia") for (const other of fact.corroboration) other.kind = "mentions";
  }
  await writeFile(file, `${JSON.stringify(facts, null, 2)}\n`);
  const { code, out } = await factpress(folder, "check", "abraham-accords");
  expect([code, out.split("\n").filter((line) => /^ {2}This is (?:reported|confirmed), but /.test(line))], out).toEqual([
    1,
    [expect.stringContaining("3 independent publishers support it"), expect.stringContaining("rests on one publisher only")],
  ]);
});

it("counts the entities without a Wikidata item in the dataset's README", async () => {
  const textOf = (name: string): Promise<string> => readFile(join(ROOT, "data/abraham-accords", name), "utf8");
  const entities = JSON.parse(await textOf("entities.json")) as { sameAs?: string }[];
  const missing = entities.filter(({ sameAs }) => sameAs === undefined);
  expect(await textOf("README.md")).toContain(`Of ${entities.length} entities, ${missing.length} have no \`sameAs\``);
});
