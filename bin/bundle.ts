import { fileURLToPath } from "node:url";
import { type BuildResult, build, type Plugin } from "esbuild";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What the program starts as threads. They lie beside it, so `new URL("./name.js", import.meta.url)` finds them. */
export const THREADS = ["engine", "sql", "writer"].map((name) => `lib/adapters/threads/${name}-worker.js`);

/** Modules that a bundle never runs: the loader of TypeScript, and what the AWS SDK loads in browsers only. */
const withoutUnused: Plugin = {
  name: "without-unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(tsx\/esm\/api|bowser)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
    onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export const register = () => {};" }));
  },
};

/** What CommonJS gives its modules, and an ES module has not: some packages still ask for it. */
const COMMONJS = [
  'import{createRequire as factpressRequire}from"node:module";import{fileURLToPath as factpressPath}from"node:url";',
  "const require=factpressRequire(import.meta.url),",
  '__filename=factpressPath(import.meta.url),__dirname=factpressPath(new URL(".",import.meta.url));',
].join("");

/** Bundles programs and their threads into a folder, each under its name with `.js`. */
export function bundle(
  entries: Readonly<Record<string, string>>,
  outdir: string,
  commit: string,
): Promise<BuildResult<{ metafile: true }>> {
  return build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
    outdir,
    plugins: [withoutUnused],
    // Only the benchmark has it, where it is installed.
    external: ["@duckdb/node-api"],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    // Names stay: a stack trace in a bug report says something.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    metafile: true,
    banner: { js: COMMONJS },
    define: { FACTPRESS_COMMIT: JSON.stringify(commit) },
  });
}
