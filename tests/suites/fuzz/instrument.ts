import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { build, transform } from "esbuild";
import { ROOT } from "../../scratch.ts";

interface Instrumenter {
  instrumentSync(code: string, file: string): string;
}

/** The worker and everything that it runs as one text, with counters in our own code only. */
export async function instrumented(entry: string): Promise<string> {
  // Installed beside this file only (npm ci --prefix tests/suites/fuzz).
  const { createInstrumenter } = createRequire(import.meta.url)("istanbul-lib-instrument") as {
    createInstrumenter(options: object): Instrumenter;
  };
  const instrumenter = createInstrumenter({ esModules: true, compact: true });
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);' },
    plugins: [
      {
        name: "counters",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\/lib\/(dataset|engine|export|release|pipeline)\/.*\.ts$/ }, async ({ path }) => {
            const { code } = await transform(await readFile(path, "utf8"), { loader: "ts", target: "node20", sourcefile: path });
            return { contents: instrumenter.instrumentSync(code, relative(ROOT, path)), loader: "js" };
          }),
      },
    ],
  });
  return (outputFiles[0] as { text: string }).text;
}
