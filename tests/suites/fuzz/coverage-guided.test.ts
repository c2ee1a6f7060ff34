import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";

/** Of each target. */
const INPUTS = process.env["FACTPRESS_FUZZED_INPUTS"] ?? "400";

it("coverage-guided inputs raise no exception and do not hang", async () => {
  const program = promisify(execFile)(process.execPath, ["--import", "tsx", "tests/suites/fuzz/run.ts", INPUTS], { cwd: ROOT });
  // Its findings are in its output, not in the error that its exit code makes.
  const { stdout } = await program.catch((error: { stdout: string }) => error);
  expect(stdout).toMatch(/branches taken, 0 findings\n$/);
});
