import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import type { DatasetFolder } from "./find-datasets.ts";
import { GitContext } from "./git-context.ts";

/** The ids of folders in a commit, by path. A folder that is not there has none. */
async function treesIn(git: (...args: string[]) => Promise<string>, ref: string, paths: readonly string[]): Promise<Map<string, string>> {
  const listing = await git("ls-tree", "-z", "-d", "--full-tree", ref, "--", ...paths);
  const entries = listing.split("\0").map((line) => /^\d+ tree ([0-9a-f]+)\t(.*)$/s.exec(line));
  return new Map(entries.flatMap((entry) => (entry ? [[entry[2] as string, entry[1] as string]] : [])));
}

/** The last published tree of each dataset: a commit publishes only the datasets that it changes. */
export class PublishedTrees {
  readonly #trees = new Map<string, string>();

  /** These are published again although nothing changed. */
  forget(names: Iterable<string>): void {
    for (const name of names) this.#trees.delete(name);
  }

  /**
   * The datasets that changed since they were last published; `done` records that they are published now. All of them without git, or where
   * one was deleted: publishing any records which are gone.
   */
  async changed(all: readonly DatasetFolder[], branch: string | undefined): Promise<{ datasets: DatasetFolder[]; done(): void }> {
    const datasets = all.filter(({ folder }) => existsSync(folder));
    const [first] = datasets;
    const found = first && (await new GitContext(branch).publishedRepositoryOf(first.folder));
    if (!found) return { datasets, done: () => {} };
    // All of them are in one data/ folder, so in one repository.
    const paths = new Map(all.map(({ name, folder }) => [name, relative(found.repository.root, folder).split(sep).join("/")]));
    const trees = await treesIn(found.repository.git, found.branch.ref, [...paths.values()]);
    const treeOf = (name: string): string => trees.get(paths.get(name) ?? "") ?? "";
    const isChanged = (name: string): boolean => this.#trees.get(name) !== treeOf(name);
    // The branch tells it, not the folder, which may be deleted before the commit.
    const hasEnded = all.some(({ name }) => treeOf(name) === "" && isChanged(name));
    return {
      datasets: hasEnded ? datasets : datasets.filter(({ name }) => isChanged(name)),
      done: () => {
        for (const { name } of all) this.#trees.set(name, treeOf(name));
      },
    };
  }
}
