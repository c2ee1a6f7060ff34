import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, inject } from "vitest";
import "./contexts.mjs";

type Counts = Record<string, number>;

/** State shared by Stryker's instrumented code and its set-up file. */
interface Namespace {
  currentTestId?: string;
  mutantCoverage?: { static: Counts; perTest: Record<string, Counts> };
}

const provided = inject as (name: string) => unknown;
process.env["NODE_OPTIONS"] = `--import ${pathToFileURL(join(import.meta.dirname, "child.mjs")).href}`;

if (provided("mode") === "mutant") {
  const shared = globalThis as { mutantIsKilled?: boolean };
  // If files share a process, nothing more is loaded.
  if (shared.mutantIsKilled) throw new Error("A test before this one failed.");
  afterEach(({ task }) => {
    if (task.result?.state === "fail") shared.mutantIsKilled = true;
  });
  // Programs that tests start run the same instrumented code, which reads the mutant from here.
  process.env["__STRYKER_ACTIVE_MUTANT__"] = String(provided("activeMutant"));
} else {
  // They record which mutants they reached (child.mjs). A test reaches the mutants that its programs reach.
  const folder = join(String(process.env["FACTPRESS_MUTANT_COVERAGE"]), String(process.pid));
  mkdirSync(folder, { recursive: true });
  process.env["FACTPRESS_MUTANT_COVERAGE_OF"] = folder;
  const namespace = (globalThis as unknown as Record<string, Namespace>)[String(provided("globalNamespace"))] ?? {};
  afterEach(() => {
    namespace.mutantCoverage ??= { static: {}, perTest: {} };
    const { mutantCoverage, currentTestId = "" } = namespace;
    mutantCoverage.perTest[currentTestId] ??= {};
    const counts = mutantCoverage.perTest[currentTestId];
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
      for (const id of JSON.parse(readFileSync(join(folder, name), "utf8")) as string[]) counts[id] = (counts[id] ?? 0) + 1;
      rmSync(join(folder, name));
    }
  });
}
