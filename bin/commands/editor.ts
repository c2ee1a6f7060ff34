import { join, relative, sep } from "node:path";
import { checkedPath } from "../../lib/adapters/folder/checked-path.ts";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { writeChecked } from "../../lib/adapters/folder/write-checked.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { SCHEMA_FILE } from "../../lib/contract/dataset-files.ts";
import { type EditorDataset, editorFiles } from "../../lib/dataset/editor-files.ts";
import { isTableName } from "../../lib/dataset/is-table-name.ts";
import { findDatasets } from "../find-datasets.ts";
import { out } from "../out.ts";
import { pathToWrite } from "../path-to-write.ts";
import { readText } from "../read-text.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";

/** The text of a file; undefined if it does not exist. */
async function textAt(path: string): Promise<string | undefined> {
  try {
    const text = await readText(path);
    if (text === undefined) throw new UsageError(`${path} is not UTF-8; nothing was written`);
    return text;
  } catch (error) {
    if (hasErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The tables of a dataset; undefined if its schema is invalid, which `factpress check` explains. */
async function tablesOf(folder: string): Promise<string[] | undefined> {
  const text = await textAt(join(folder, SCHEMA_FILE));
  try {
    const schema = JSON.parse(text ?? "") as { properties?: object } | null;
    const names = Object.keys(schema?.properties ?? {});
    return names.every(isTableName) ? names : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes the settings and schemas that let VS Code complete and explain dataset files. */
export async function editor(): Promise<number> {
  const root = (await findGitRepository(process.cwd()))?.root ?? process.cwd();
  const datasets: EditorDataset[] = [];
  for (const { given, folder, shown } of await findDatasets(undefined)) {
    await pathToWrite(given);
    const tables = await tablesOf(folder);
    if (!tables) {
      out(`${shown}/schema.json has problems; nothing was written. See them with: factpress check ${shellWord(shown)}`);
      return 1;
    }
    datasets.push({ path: relative(root, folder).split(sep).join("/"), tables });
  }
  const files = editorFiles(datasets, await textAt(await checkedPath(root, ".vscode/settings.json")));
  // Check all paths first, so that either all files are written or none.
  for (const path of files.keys()) await checkedPath(root, path);
  for (const [path, text] of files) {
    if ((await textAt(join(root, path))) === text) continue;
    await writeChecked(root, path, text);
    out(path);
  }
  return 0;
}
