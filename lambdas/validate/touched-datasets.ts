import type { CheckedRepository } from "./check-context.ts";
import type { ComparedTrees } from "./compared-trees.ts";

/** Names of the datasets that differ between a commit and its base. */
export async function touchedDatasets(
  { forge, dataFolder }: CheckedRepository,
  { tree, base }: Pick<ComparedTrees, "tree" | "base">,
): Promise<string[]> {
  const now = await forge.folderIds(tree, dataFolder);
  const before = base === null ? new Map<string, string>() : await forge.folderIds(base, dataFolder);
  return [...new Set([...now.keys(), ...before.keys()])].sort().filter((name) => now.get(name) !== before.get(name));
}
