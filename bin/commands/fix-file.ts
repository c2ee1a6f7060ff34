import { join } from "node:path";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { NotPlainFileError } from "../../lib/adapters/folder/open-plain-file.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { canonicalText } from "../../lib/json/canonical-text.ts";
import { UnreadableSourceError } from "../../lib/ports/ports.ts";
import { planTable, type Schema, type TablePlan } from "../../lib/schema/table-plan.ts";
import { colors } from "../colors.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { readText } from "../read-text.ts";
import { replaceText } from "../replace-text.ts";

/** Larger files are written by programs, not by people. */
const MAX_BYTES = 8 * 1024 * 1024;

export interface Unusual {
  /** Folder of the dataset, and the file within it. */
  folder: string;
  name: string;
  /** As people see it. */
  shown: string;
  was: string;
  text: string;
  changes: string[];
}

/** The tables of a schema that can be read; none where it cannot: files are fixed before they are checked. */
function plansOf(schema: string | undefined): Map<string, TablePlan> {
  try {
    const root = JSON.parse(schema ?? "{}") as Schema;
    return new Map(Object.keys(root.properties ?? {}).map((name) => [name, planTable(name, root)]));
  } catch (error) {
    // The schema may have any shape: the check that follows names its problems.
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return new Map();
    throw error;
  }
}

/** The files of a dataset that people write; none where the folder cannot be read: the check names why. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const files = await folderSource(folder).list();
    return files.filter(({ path, bytes }) => path.endsWith(".json") && bytes <= MAX_BYTES).map(({ path }) => path);
  } catch (error) {
    if (error instanceof UnreadableSourceError) return [];
    throw error;
  }
}

/** Undefined where the file cannot be read or is gone by now: the check says so. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readText(path);
  } catch (error) {
    if (error instanceof NotPlainFileError || hasErrorCode(error, "ENOENT", "EACCES")) return undefined;
    throw error;
  }
}

/**
 * The files of a dataset that are not in the usual shape, and what they would be. What cannot be read, or is not UTF-8, is
 * left alone: the check names it.
 */
export async function unusualFiles({ folder, shown }: DatasetFolder): Promise<Unusual[]> {
  const names = await filesIn(folder);
  const plans = plansOf(names.includes("schema.json") ? await textOf(join(folder, "schema.json")) : undefined);
  const found: Unusual[] = [];
  for (const name of names) {
    const was = await textOf(join(folder, name));
    const usual = was === undefined ? undefined : canonicalText(was, plans.get(name.replace(/(\.json|\/.*)$/, "")));
    if (was !== undefined && usual && usual.text !== was)
      found.push({ folder, name, shown: escapeControlChars(`${shown}/${name}`), was, ...usual });
  }
  return found;
}

/** Writes a file in its usual shape; returns a line for the user. */
export async function fixFile({ folder, name, shown, was, text, changes }: Unusual): Promise<string> {
  const isWritten = await replaceText(folder, name, was, text);
  return isWritten
    ? `${colors.bold(shown)}  ${changes.join(", ")}`
    : `${colors.bold(shown)}  was saved by another program meanwhile; left as it is`;
}
