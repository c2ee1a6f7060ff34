import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildResult, build, type Plugin, transform } from "esbuild";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Modules that run in threads. They are in the folder of their callers, so that `new URL("./name.js", import.meta.url)` finds them. */
export const THREADS = ["engine", "sql", "writer"].map((name) => `lib/adapters/threads/${name}-worker.js`);

/** Omits modules that are never used: the TypeScript loader, and browser code of the AWS SDK. */
const withoutUnused: Plugin = {
  name: "without-unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(tsx\/esm\/api|bowser)$/ }, ({ path }) => ({ path, namespace: "nothing" }));
    onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export const register = () => {};" }));
  },
};

/** Minifies names in the modules of other packages. Our own names are kept, for readable stack traces. */
const withShortNames: Plugin = {
  name: "with-short-names",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: (await transform(await readFile(path, "utf8"), { minifyIdentifiers: true, target: "node20" })).code,
    }));
  },
};

/** Commands that do not load the modules of `check`. All others need most of them, or are rarely started. */
const SMALL_COMMANDS = ["check", "editor", "key"];

/** The path of each other command. */
async function bigCommands(): Promise<RegExp> {
  const imports = (await readFile(join(ROOT, "bin/add-commands.ts"), "utf8")).matchAll(/import\("\.\/commands\/([a-z-]+)\.ts"\)/g);
  const names = [...imports].map(([, name = ""]) => name);
  if (!SMALL_COMMANDS.every((name) => names.includes(name)))
    throw new Error("bin/add-commands.ts does not import the commands as expected");
  return new RegExp(`bin[\\\\/]commands[\\\\/](?:${names.filter((name) => !SMALL_COMMANDS.includes(name)).join("|")})\\.ts$`);
}

/**
 * Makes these commands load all modules of `check`. The bundler puts modules into one file if the same entry points need them: otherwise,
 * `check` consists of 90 files, and loading them takes a tenth of its time.
 */
const withFewerFiles: Plugin = {
  name: "with-fewer-files",
  async setup({ onLoad }) {
    onLoad({ filter: await bigCommands() }, async ({ path }) => ({
      contents: `import "./check.ts";\n${await readFile(path, "utf8")}`,
      loader: "ts",
    }));
  },
};

/** CommonJS variables that some bundled packages use. */
const COMMONJS = [
  'import{createRequire as factpressRequire}from"node:module";import{fileURLToPath as factpressPath}from"node:url";',
  "const require=factpressRequire(import.meta.url),",
  '__filename=factpressPath(import.meta.url),__dirname=factpressPath(new URL(".",import.meta.url));',
].join("");

const USES_COMMONJS = /\b(?:require|__filename|__dirname)\b/;

/** Bundles programs and their threads into a folder, each as `NAME.js`. */
export async function bundle(
  entries: Readonly<Record<string, string>>,
  outdir: string,
  commit: string,
): Promise<BuildResult<{ metafile: true }>> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
    outdir,
    plugins: [withoutUnused, withShortNames, withFewerFiles],
    // Used only by the benchmark, if it is installed.
    external: ["@duckdb/node-api"],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    // Keeps our names, for readable stack traces in bug reports.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    metafile: true,
    write: false,
    define: { FACTPRESS_COMMIT: JSON.stringify(commit) },
  });
  // Few of some two hundred files need them.
  for (const { path, text } of result.outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, USES_COMMONJS.test(text) ? `${COMMONJS}\n${text}` : text);
  }
  return result;
}
