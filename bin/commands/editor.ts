import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { findRepository } from "../../lib/adapters/git-repository.ts";
import { editorFiles } from "../../lib/pipeline/editor-files.ts";
import { findDatasets } from "../datasets.ts";
import { out } from "../terminal.ts";

/** Writes what VS Code needs to complete and explain dataset files. */
export async function editor(): Promise<number> {
  const root = (await findRepository(process.cwd()))?.root ?? process.cwd();
  const datasets = [];
  for (const { folder } of await findDatasets(undefined)) {
    const schema = JSON.parse(await readFile(join(folder, "schema.json"), "utf8")) as { properties?: object };
    datasets.push({ path: relative(root, folder).split(sep).join("/"), tables: Object.keys(schema.properties ?? {}) });
  }
  const settings = join(root, ".vscode/settings.json");
  const before = existsSync(settings) ? await readFile(settings, "utf8") : undefined;
  for (const [path, text] of editorFiles(datasets, before)) {
    if (existsSync(join(root, path)) && (await readFile(join(root, path), "utf8")) === text) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    out(path);
  }
  return 0;
}
