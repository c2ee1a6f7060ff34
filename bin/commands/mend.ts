import { join } from "node:path";
import { folderSource } from "../../lib/adapters/source-folder.ts";
import { canonicalText } from "../../lib/dataset/canonical.ts";
import { harmless } from "../../lib/dataset/harmless.ts";
import { planTable, type Schema, type TablePlan } from "../../lib/dataset/table-plan.ts";
import type { DatasetFolder } from "../datasets.ts";
import { readText, replaceText } from "../files.ts";
import { colors } from "../terminal.ts";

/** Larger files are written by programs, not by people. */
const MAX_BYTES = 8 * 1024 * 1024;

export interface Unusual {
  /** Absolute, and as people see it. */
  path: string;
  shown: string;
  was: string;
  text: string;
  did: string[];
}

/** The schema's tables, where it can be read at all: files are mended before they are checked. */
async function plansIn(folder: string): Promise<Map<string, TablePlan>> {
  try {
    const root = JSON.parse((await readText(join(folder, "schema.json"))) ?? "") as Schema;
    return new Map(Object.keys(root.properties ?? {}).map((name) => [name, planTable(name, root)]));
  } catch {
    return new Map();
  }
}

/**
 * The files of a dataset that are not in the usual shape, and what they would be. What cannot be read, or is not UTF-8, is
 * left alone: the check names it.
 */
export async function unusualFiles({ folder, shown }: DatasetFolder): Promise<Unusual[]> {
  const plans = await plansIn(folder);
  const found: Unusual[] = [];
  const files = await folderSource(folder)
    .list()
    .catch(() => []);
  for (const { path: name, bytes } of files) {
    if (!name.endsWith(".json") || bytes > MAX_BYTES) continue;
    const path = join(folder, name);
    const was = await readText(path).catch(() => undefined);
    const mended = was === undefined ? undefined : canonicalText(was, plans.get(name.replace(/(\.json|\/.*)$/, "")));
    if (was !== undefined && mended && mended.text !== was) found.push({ path, shown: harmless(`${shown}/${name}`), was, ...mended });
  }
  return found;
}

/** Mends a file and says so. */
export async function mend({ path, shown, was, text, did }: Unusual): Promise<string> {
  const isMended = await replaceText(path, was, text);
  return isMended ? `${colors.bold(shown)}  ${did.join(", ")}` : `${colors.bold(shown)}  is left alone: somebody saved it just now`;
}
