import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { checkedPath } from "../../lib/adapters/folder/checked-path.ts";
import { openNewFile } from "../../lib/adapters/folder/open-new-file.ts";
import { hasProcessTag, processTag } from "../../lib/adapters/folder/process-tag.ts";
import { removeLeftovers } from "../../lib/adapters/folder/remove-leftovers.ts";
import { SCHEMA_FILE } from "../../lib/contract/dataset-files.ts";
import { isDatasetName, RESERVED_DATASET_NAMES } from "../../lib/contract/dataset-name.ts";
import type { TableOptions } from "../../lib/csv-import/infer-table.ts";
import { out } from "../out.ts";
import { pathToWrite } from "../path-to-write.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import type { CsvImport } from "./csv-import.ts";
import { describingFiles } from "./describing-files.ts";
import { inferCsvFile } from "./infer-csv-file.ts";
import { printInferredTable } from "./print-inferred-table.ts";
import { printNextSteps } from "./print-next-steps.ts";
import { starterFiles } from "./starter-files.ts";
import { tableFileText } from "./table-file-text.ts";
import { updateFromFile } from "./update-from-file.ts";

export interface NewOptions {
  data: string;
  from?: string;
  text?: string[];
  merge?: string[];
  key?: string;
  decimal?: string;
  like?: string;
}

type NewFiles = Record<string, string | AsyncIterable<string>>;

const HALF_MADE = ".new-";

/** Writes a folder completely or not at all. */
async function writeFolder(data: string, name: string, files: NewFiles): Promise<void> {
  const target = await pathToWrite(join(data, name));
  const created = await mkdir(data, { recursive: true });
  await removeLeftovers(data, (other) => other.startsWith(HALF_MADE) && hasProcessTag(other));
  const folder = join(data, `${HALF_MADE}${processTag()}`);
  await mkdir(folder);
  try {
    for (const [file, content] of Object.entries(files)) {
      const to = await openNewFile(await checkedPath(folder, file));
      await pipeline(typeof content === "string" ? [content] : content, to.createWriteStream());
    }
    await rename(folder, target);
  } catch (error) {
    await rm(created ?? folder, { recursive: true, force: true });
    throw error;
  }
}

const filesOf = (name: string, { title, tableName, schema, inferred }: CsvImport): NewFiles => ({
  ...describingFiles(name, title, tableName, schema),
  [`${tableName}.json`]: tableFileText(inferred),
});

function tableOptions({ text, merge, key, decimal }: NewOptions): TableOptions {
  if (decimal !== undefined && decimal !== "comma" && decimal !== "point")
    throw new UsageError(`--decimal is comma or point, not "${decimal}"`);
  return {
    ...(text ? { text } : {}),
    ...(merge ? { merge } : {}),
    ...(decimal ? { decimal } : {}),
    ...(key === undefined ? {} : { key: key.split(",").map((part) => part.trim()) }),
  };
}

/** The existing dataset that a file updates: if another folder is created, the dataset of the same name in data/. */
function knownFolder(name: string, { data, like, key }: NewOptions): string | undefined {
  const folder = like ?? (resolve(data) === resolve("data") ? undefined : join("data", name));
  if (folder === undefined || (like === undefined && !existsSync(join(folder, SCHEMA_FILE)))) return undefined;
  if (key !== undefined) throw new UsageError(`${folder} already has a key, in schema.json; --key is for new datasets`);
  return folder;
}

export async function newDataset(name: string, options: NewOptions): Promise<number> {
  if (!isDatasetName(name))
    throw new UsageError(`"${name}" cannot name a dataset: use lower-case letters, digits and hyphens, such as river-levels`);
  if (RESERVED_DATASET_NAMES.has(name) || (name === "things" && options.from === undefined))
    throw new UsageError(`A dataset cannot be called "${name}": choose another name`);
  const folder = join(options.data, name);
  if (existsSync(folder)) {
    const again = options.from === undefined ? "" : `. To update from ${options.from}, create it in another folder: --data again`;
    throw new UsageError(`${folder} already exists; nothing was written${again}`);
  }
  const check = `factpress check ${options.data === "data" ? name : shellWord(folder)}`;
  if (options.from === undefined) {
    const stray = (["text", "merge", "key", "decimal", "like"] as const).find((name) => options[name] !== undefined);
    if (stray) throw new UsageError(`--${stray} goes with --from FILE`);
    await writeFolder(options.data, name, starterFiles(name));
    out(`${folder} is a small dataset to fill in:\n  schema.json describes tables and columns, things.json has the records.\n  ${check}`);
    return 0;
  }
  const known = knownFolder(name, options);
  if (known !== undefined) {
    const files = await updateFromFile({ path: options.from, folder: known, name, data: options.data }, tableOptions(options));
    if (!files) return 1;
    await writeFolder(options.data, name, files);
    return 0;
  }
  const imported = await inferCsvFile(name, options.from, tableOptions(options));
  if (!imported) return 1;
  printInferredTable(imported);
  await writeFolder(options.data, name, filesOf(name, imported));
  printNextSteps(imported, folder, check);
  return 0;
}
