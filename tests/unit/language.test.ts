import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { ROOT } from "../scratch.ts";

const ASKS_THE_MACHINE = /\.toLocale\w*\(|\.localeCompare\(|\bIntl\.|\.get(?:Timezone\w*|FullYear|Month|Date|Day|Hours|Minutes)\(/;

it("no code asks for the language or the time zone of the machine that it runs on", () => {
  const files = sourceFiles(ROOT, "bin", "lib", "lambdas").filter((path) => !path.startsWith("lib/browser/"));
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((path) => ASKS_THE_MACHINE.test(readFileSync(join(ROOT, path), "utf8")))).toEqual([]);
});

it.each(['a.toLocaleUpperCase("tr")', "a.localeCompare(b)", "new Intl.NumberFormat()", "date.getTimezoneOffset()", "date.getHours()"])(
  "finds %s",
  (text) => {
    expect(ASKS_THE_MACHINE.test(text)).toBe(true);
  },
);
