import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { limitedThread } from "../lib/adapters/limited-thread.ts";
import { harmless } from "../lib/dataset/harmless.ts";

const LIMITS = { FACTPRESS_DEADLINE: 600, FACTPRESS_MEMORY: 2_048 };

function limit(name: keyof typeof LIMITS): number {
  const text = process.env[name];
  if (text === undefined || text === "") return LIMITS[name];
  const number = Number(text);
  if (Number.isFinite(number) && number > 0 && number <= 1_000_000) return number;
  process.stderr.write(`${name} is a number above 0, not "${harmless(text)}"\n`);
  process.exit(2);
}

const said = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs the command line in a thread: neither bad data nor a fault of ours keeps a hook or a script waiting. */
async function run(seconds: number, heapMB: number): Promise<number> {
  // What is written there goes, whatever becomes of the thread.
  const temporary = mkdtempSync(join(tmpdir(), "factpress-"));
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  const options = { argv: process.argv.slice(2), workerData: { temporary } };
  const ending = await limitedThread(new URL("./factpress.js", import.meta.url), options, { seconds, heapMB });
  if ("exitCode" in ending) return ending.exitCode;
  const over = "over" in ending ? ending.over : "time";
  said(
    over === "time"
      ? `factpress ${process.argv[2]} took longer than ${seconds} s and was ended. Is a file, a pattern in schema.json or a check too much? FACTPRESS_DEADLINE=${seconds * 2} gives it more time.`
      : `factpress ${process.argv[2]} took more than ${heapMB} MB of memory and was ended. Are single records very large? FACTPRESS_MEMORY=${heapMB * 2} gives it more.`,
  );
  said(process.argv[2] === "check" ? "Nothing was found out." : "What was published before stands; running it again goes on from there.");
  return 3;
}

try {
  process.exitCode = await run(limit("FACTPRESS_DEADLINE"), limit("FACTPRESS_MEMORY"));
} catch (error) {
  said(harmless((error as Error).message, "\n"));
  process.exitCode = 3;
}
