import { join } from "node:path";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { NotRegularFileError } from "../../lib/adapters/folder/not-regular-file-error.ts";
import { SCHEMA_FILE } from "../../lib/contract/dataset-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { canonicalText } from "../../lib/json/canonical-text.ts";
import { hasUsualShape } from "../../lib/json/usual-shape.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../lib/schema/table-plan.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { readText } from "../read-text.ts";

export interface Unusual {
  /** Folder of the dataset, and the file within it. */
  folder: string;
  name: string;
  /** For messages. */
  shown: string;
  was: string;
  text: string;
  changes: string[];
}

/** Larger files are assumed to be written by programs. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The tables of a schema; empty if it is invalid, because files are fixed before they are checked. */
function plansOf(schema: string | undefined): Map<string, TablePlan> {
  try {
    const root = JSON.parse(schema ?? "{}") as Schema;
    return new Map(Object.keys(root.properties ?? {}).map((name) => [name, planTable(name, root)]));
  } catch (error) {
    // The schema may be any JSON. The check that follows reports its problems.
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return new Map();
    throw error;
  }
}

/** The hand-written files of a dataset; empty if the folder cannot be read, which the check reports. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const files = await folderSource(folder).list();
    return files.filter(({ path, bytes }) => path.endsWith(".json") && bytes <= MAX_BYTES).map(({ path }) => path);
  } catch (error) {
    if (error instanceof UnreadableSourceError) return [];
    throw error;
  }
}

/** Undefined if the file cannot be read, is not UTF-8 or no longer exists, which the check reports. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readText(path);
  } catch (error) {
    if (error instanceof NotRegularFileError || hasErrorCode(error, "ENOENT", "EACCES")) return undefined;
    throw error;
  }
}

/** The files of a dataset that are not in the usual shape, with their formatted text. Skips unreadable files, which the check reports. */
export async function unusualFiles({ folder, shown }: DatasetFolder): Promise<Unusual[]> {
  const names = await filesIn(folder);
  const plans = plansOf(names.includes(SCHEMA_FILE) ? await textOf(join(folder, SCHEMA_FILE)) : undefined);
  const found: Unusual[] = [];
  for (const name of names) {
    const was = await textOf(join(folder, name));
    const plan = plans.get(name.replace(/(\.json|\/.*)$/, ""));
    if (was === undefined || hasUsualShape(was, plan)) continue;
    const usual = canonicalText(was, plan);
    if (usual && usual.text !== was) found.push({ folder, name, shown: escapeControlChars(`${shown}/${name}`), was, ...usual });
  }
  return found;
}
