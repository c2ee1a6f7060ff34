import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { catchClauses, sourceFiles } from "../catch-clauses.ts";
import { ROOT } from "../scratch.ts";

it("finds nothing that is caught without a word on what is expected", () => {
  const clauses = sourceFiles(ROOT, "bin", "lib", "lambdas").flatMap((path) => catchClauses(path, readFileSync(join(ROOT, path), "utf8")));
  expect(clauses.length).toBeGreaterThan(50);
  expect(clauses.filter(({ expects }) => expects === "").map(({ place }) => place)).toEqual([]);
});

it.each([
  ["try { x(); } catch {}", ""],
  ["try { x(); } catch (error) { return undefined; }", ""],
  ["x().catch(() => undefined);", ""],
  ["x().catch(() => {});", ""],
  ["x().then(f, () => {});", ""],
  ["x()\n  .then(\n    ({ a, b }) => f(a, b),\n    () => undefined,\n  );", ""],
  ['x.on("error", () => {});', ""],
  ['x.once("error", () => {});', ""],
  ["try { x(); } catch (error) {\n  if (!(error instanceof Y)) throw error;\n}", "!(error instanceof Y)) throw error;"],
  ["try { x(); } catch (error) {\n  // It is gone.\n  return 1;\n}", "It is gone."],
  ["// The caller awaits it.\nx().catch(() => {});", "The caller awaits it."],
  ["// The network.\nx().then(f, () => g());", "The network."],
  ['// It ends anyway.\nx.on("error", () => {});', "It ends anyway."],
  ["x().catch(failed);", "handled by failed"],
  ["try { x(); } catch (error) { throw new Z(error); }", "any error, thrown on"],
])("reads %j", (text, expected) => {
  expect(catchClauses("a.ts", text).map(({ expects }) => expects)).toEqual([expected]);
});

it.each(["x().then(f);", "x().then((a, b) => f(a, b));", "x().then(f, (error) => g(error));", 'x.on("error", (error) => g(error));'])(
  "finds no ignored error in %j",
  (text) => expect(catchClauses("a.ts", text)).toEqual([]),
);
