import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PLANTED } from "../../protocol/planted-bugs.ts";
import { ROOT, scratch } from "../../scratch.ts";
import { shareOf } from "../../share-of.ts";

interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Which of these tests of the protocol fail in a folder. */
async function failing(folder: string, titles: string[]): Promise<Set<string>> {
  const report = join(folder, "report.json");
  await new Promise((done) =>
    execFile(
      process.execPath,
      [
        join(ROOT, "node_modules/vitest/vitest.mjs"),
        "run",
        "--reporter=json",
        `--outputFile=${report}`,
        "--testNamePattern",
        titles.map(escaped).join("|"),
        "tests/protocol/every-call.test.ts",
        "tests/protocol/interleavings.test.ts",
        "tests/protocol/readings.test.ts",
      ],
      { cwd: folder, env: { ...process.env, FACTPRESS_INTERLEAVINGS: "60" } },
      done,
    ),
  );
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as Report;
  return new Set(
    testResults.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === "failed").map(({ title }) => title)),
  );
}

describe("a bug planted in the protocol is found", () => {
  it.each(shareOf(PLANTED).map((planted) => [planted.bug, planted] as const))(
    "%s",
    async (_bug, { file, from, to, also, finds }) => {
      const folder = await scratch();
      for (const part of ["lib", "tests/protocol", "tests/scratch.ts", "tests/runtime.ts", "package.json", "tsconfig.json"])
        await cp(join(ROOT, part), join(folder, part), { recursive: true });
      await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
      await writeFile(
        join(folder, "vitest.config.ts"),
        'export default { test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000 } };',
      );
      let source = await readFile(join(folder, file), "utf8");
      for (const [before, after] of [[from, to] as const, ...(also ? [also] : [])]) {
        expect(source.split(before)).toHaveLength(2);
        source = source.replace(before, () => after);
      }
      await writeFile(join(folder, file), source);
      const found = await failing(folder, finds);
      expect([...found]).toEqual(expect.arrayContaining(finds));
    },
    300_000,
  );
});
