import { existsSync, realpathSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { DATASET_FILE } from "../lib/contract/dataset-files.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { foldersWith } from "./folders-with.ts";
import { isFolder } from "./is-folder.ts";
import { shellWord } from "./shell-word.ts";
import { UsageError } from "./usage-error.ts";

/** The folder of datasets in a repository. */
export const DATA = "data";

export interface DatasetFolder {
  name: string;
  /** Absolute path with links resolved. */
  folder: string;
  /** Absolute path as given, which may contain links. */
  given: string;
  /** Relative to the working directory, with control characters escaped, for messages. */
  shown: string;
}

const at = (given: string, folder = realpathSync(given)): DatasetFolder => ({
  name: basename(folder),
  folder,
  given,
  shown: escapeControlChars(relative(process.cwd(), folder) || "."),
});

/** The datasets in a folder that is not a dataset itself, or in its folder `data/`. */
async function datasetsBelow(path: string): Promise<string[]> {
  if (existsSync(join(path, DATASET_FILE))) return [];
  return [...(await foldersWith(path, [DATASET_FILE])), ...(await foldersWith(join(path, DATA), [DATASET_FILE]))];
}

/** Finds a dataset in `data/` by name, or a folder by path. */
async function findDataset(nameOrPath: string, data: string): Promise<DatasetFolder> {
  const named = resolve(data, nameOrPath);
  if (!nameOrPath.includes("/") && nameOrPath !== "." && (await isFolder(named))) return at(named);
  const path = resolve(nameOrPath);
  if (await isFolder(path)) {
    const below = await datasetsBelow(nameOrPath);
    if (below.length > 0)
      throw new UsageError(`The folder ${nameOrPath} is not a dataset, but contains datasets. Name one of them: ${below.join(", ")}.`);
    return at(path);
  }
  const known = (await isFolder(data)) ? (await readdir(data)).filter((name) => !name.startsWith(".")) : [];
  throw new UsageError(
    `There is no dataset "${nameOrPath}": neither a folder of that path, nor ${data}/${nameOrPath}.${known.length > 0 ? ` In ${data}/ there are: ${known.join(", ")}.` : ""}`,
  );
}

/**
 * The folders of `data`, without hidden ones. A link to another one of them is skipped. Throws `UsageError` for any other link, whose
 * dataset would not be checked: any commit of a pull request may add one.
 */
async function foldersOf(data: string): Promise<DatasetFolder[]> {
  const real = realpathSync(data);
  const folders: DatasetFolder[] = [];
  const links: [name: string, target: DatasetFolder][] = [];
  for (const name of (await readdir(data)).sort()) {
    if (name.startsWith(".") || !(await isFolder(resolve(data, name)))) continue;
    const found = at(resolve(data, name));
    if (found.folder === join(real, name)) folders.push(found);
    else links.push([name, found]);
  }
  const known = new Set(folders.map(({ folder }) => folder));
  for (const [name, { folder, shown }] of links)
    if (!known.has(folder))
      throw new UsageError(
        `${escapeControlChars(`${data}/${name}`)} is a link to ${shown}, which is not a dataset of ${data}/. Replace the link by that folder, or name it, such as: factpress check ${shellWord(`${data}/${name}`)}`,
      );
  return folders;
}

/** The datasets of a command: the given dataset, or all in `data/`. */
export async function findDatasets(nameOrPath: string | undefined, data = DATA): Promise<DatasetFolder[]> {
  if (nameOrPath !== undefined) return [await findDataset(nameOrPath, data)];
  if (!(await isFolder(data)))
    throw new UsageError(
      existsSync(DATASET_FILE)
        ? `There is no folder ${data}/ here, but this is the folder of a dataset. Name it with a dot: factpress check .`
        : `There is no folder ${data}/ here. Change to its parent folder, name the dataset's folder, or create one: factpress new NAME`,
    );
  const stray = (await readdir(data)).find((name) => name.endsWith(".json"));
  if (stray !== undefined) throw new UsageError(`${data}/${stray} belongs to no dataset. Move it into the folder of its dataset.`);
  const folders = await foldersOf(data);
  if (folders.length === 0) throw new UsageError(`The folder ${data}/ contains no dataset. Create one: factpress new NAME`);
  return folders;
}
