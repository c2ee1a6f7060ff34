import { nounOf } from "../explorer/model-of.ts";
import type { PageTable } from "./release.ts";

const WORDS: Record<string, string> = {
  "schema.json": "JSON Schema of the tables",
  "datapackage.json": "What the release is: licence, files, columns (Data Package v2)",
  "README.md": "The data dictionary, to be read",
  "CITATION.cff": "How to cite it, for programs",
  LICENSE: "The licence",
  "changes.json": "Changes since the version before, for programs",
  "CHANGES.md": "Changes since the version before, to be read",
  SHA256SUMS: "The hash of every file",
};

/** What a file of a release holds, in a few words. */
export function described(name: string, title: string | undefined, tables: readonly PageTable[]): string {
  const plan = tables.find((table) => name.startsWith(`${table.plan.name}.`))?.plan;
  if (WORDS[name] !== undefined) return WORDS[name];
  if (!plan) return title ?? (name.endsWith(".json") ? "All tables in one" : name.endsWith(".csv") ? "One row per item of a list" : "");
  const [one, many] = nounOf(plan);
  if (name.endsWith(".csv")) return `One row per ${one}`;
  return name.endsWith(".ndjson") ? `One JSON object per line, one per ${one}` : `A list of ${many}, nested as they are written`;
}
