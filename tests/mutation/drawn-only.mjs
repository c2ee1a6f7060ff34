// Stryker finds all mutants of a range of lines: those that were not drawn are passed over.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { declareClassPlugin, declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";

const nameOf = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
  `${relative(process.cwd(), fileName)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column} ${mutatorName} ${replacement}`;

function drawnOnly() {
  const folder = process.env.FACTPRESS_MUTANT_COVERAGE;
  const drawn = new Set(JSON.parse(readFileSync(join(folder, "drawn.json"), "utf8")));
  return {
    init: async () => {},
    check: async (mutants) => {
      // The sequencer of vitest.config.ts runs the tests of a mutant's own module first.
      for (const { id, fileName } of mutants) writeFileSync(join(folder, `file-of-${id}`), relative(process.cwd(), fileName));
      return Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          drawn.has(nameOf(mutant)) ? { status: "passed" } : { status: "compileError", reason: "not drawn" },
        ]),
      );
    },
    group: async (mutants) => [mutants.map(({ id }) => id)],
  };
}

/** Prints each survivor at once, because a run takes hours. */
class AsFound {
  onMutantTested({ fileName, location, mutatorName, replacement, status }) {
    if (status === "Killed" || status === "CompileError") return;
    const { line, column } = location.start;
    console.log(`${status.padEnd(10)} ${relative(process.cwd(), fileName)}:${line}:${column} ${mutatorName} → ${replacement}`);
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.Checker, "drawn-only", drawnOnly),
  declareClassPlugin(PluginKind.Reporter, "as-found", AsFound),
];
