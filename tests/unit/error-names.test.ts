import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { ROOT } from "../scratch.ts";

type ErrorClass = new (...args: unknown[]) => Error;

/** What classes are made of that take more than texts. */
const PARTS: Record<string, unknown[]> = {
  ForgeComparisonError: [new Error("x")],
  ForgeError: ["x", { reason: "refused", publicMessage: "x" }],
  IncompleteCheckError: [{ file: "a.json", message: "x" }],
  UndecidedError: [null, { file: "a.json", message: "x" }],
};

const found = sourceFiles(ROOT, "bin", "lib", "lambdas").flatMap((path) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(/^export class (\w+) extends \w*Error\b/gm)].map(([, name = ""]) => ({ name, path }));
});

describe("errors", () => {
  it("are found", () => {
    expect(found.length).toBeGreaterThan(35);
  });

  it.each(found)("have the name of their class, by which logs are searched: $name", async ({ name, path }) => {
    const module = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, ErrorClass>;
    const Made = module[name] as ErrorClass;
    const error = new Made(...(PARTS[name] ?? ["x", "x", "x"]));
    expect(error.name).toBe(name);
    expect(error.message).toContain("x");
  });
});
