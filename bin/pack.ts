import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { bundle, ROOT, THREADS } from "./bundle.ts";
import { commitOfCheckout } from "./commit-of-checkout.ts";

/**
 * Creates `dist/`, or the folder given as first argument, with everything that a package needs: compiled to JavaScript, without
 * dependencies. Further arguments are additional programs to include.
 */
const [folder = join(ROOT, "dist"), ...PROGRAMS] = process.argv.slice(2);
const DIST = resolve(folder);

/** Entry points: the program and its threads. */
const ENTRIES = ["bin/factpress.ts", "bin/run-limited.ts", ...THREADS, ...PROGRAMS];

/** Files that are read at run time relative to the module that names them: paths here, or within packages. */
const ASSETS = ["./lib/edge/viewer-request.js", "sql.js/dist/sql-wasm.wasm"];

/** Packages of which a generated file includes parts (lib/browser/assets-modules.ts), which the bundler cannot detect. */
const WITHIN = ["@fontsource-variable/public-sans"];

/** Licences that require only their notice; OFL-1.1 is for fonts. */
const PERMISSIVE = new Set(["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "OFL-1.1"]);

/** The package folder of a bundled file; undefined for our own files. */
const packageOf = (path: string): string | undefined => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];

/** The name and the licence text of a package. */
async function noticeOf(folder: string): Promise<{ name: string; text: string }> {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name: string };
  };
  if (license === undefined || !PERMISSIVE.has(license))
    throw new Error(`${name} ${version} has the licence ${license}, which bin/pack.ts does not know as permissive: use another package`);
  const file = (await readdir(folder)).sort().find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const by = typeof author === "object" ? author.name : author;
  return {
    name: `${name} ${version} (${license})`,
    text: file ? (await readFile(join(folder, file), "utf8")).trim() : `The package contains no licence text.${by ? ` By ${by}.` : ""}`,
  };
}

/** The notices of packages; packages with the same text are listed together. */
async function notices(folders: readonly string[]): Promise<string> {
  const byText = new Map<string, string[]>();
  for (const folder of folders) {
    const { name, text } = await noticeOf(folder);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  return ["The bundle in this folder holds parts of the packages below.\n", ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

await rm(DIST, { recursive: true, force: true });
const entries = Object.fromEntries(ENTRIES.map((path) => [basename(path).replace(/\.[jt]s$/, ""), path]));
const { metafile, warnings } = await bundle(entries, DIST, (await commitOfCheckout()) ?? "");
if (warnings.length > 0) throw new Error(`The bundle has ${warnings.length} warnings`);
await mkdir(DIST, { recursive: true });
const require = createRequire(import.meta.url);
const assets = ASSETS.map((path) => (path.startsWith("./") ? join(ROOT, path) : require.resolve(path)));
for (const path of assets) await copyFile(path, join(DIST, basename(path)));
const parts = [...Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)), ...assets];
const used = [...parts.map(packageOf), ...WITHIN.map((name) => `node_modules/${name}`)].filter((folder) => folder !== undefined);
const folders = [...new Set(used.map((folder) => resolve(ROOT, folder)))].sort();
await writeFile(join(DIST, "THIRD-PARTY.txt"), await notices(folders));
