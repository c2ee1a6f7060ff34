import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import mutants from "../mutation/equivalent.json" with { type: "json" };
import { ROOT } from "../scratch.ts";

it("each mutant that is listed as equivalent is in the code", () => {
  const isInCode = ({ file, original, line = "" }: { file: string; original: string; line?: string }): boolean => {
    const path = join(ROOT, file);
    if (!existsSync(path)) return false;
    const code = readFileSync(path, "utf8");
    // Of several lines, the list has the first.
    return code.includes(original.replace(/ …$/, "")) && code.includes(line);
  };
  expect(mutants.filter((mutant) => !isInCode(mutant))).toEqual([]);
});
