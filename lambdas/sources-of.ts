import { lazySource } from "../lib/adapters/lazy-source.ts";
import type { CommitReader, FetchLimits } from "../lib/ports/forge.ts";
import { MissingCommitError } from "../lib/ports/missing-commit-error.ts";
import type { Source } from "../lib/ports/ports.ts";

/** The sources of datasets in a root folder. Files are fetched when they are read. */
export function sourcesOf(
  { forge, dataFolder }: { forge: Pick<CommitReader, "folderId" | "source">; dataFolder: string },
  tree: string,
  names: readonly string[],
  limits: FetchLimits,
) {
  const sourceAt = async (name: string): Promise<Source> => {
    const id = await forge.folderId(tree, `${dataFolder}/${name}`);
    if (id === null) throw new MissingCommitError(`${dataFolder}/${name} is not in ${tree}`);
    return forge.source(id, limits);
  };
  return new Map(names.map((name): [string, Source] => [name, lazySource(() => sourceAt(name))]));
}
