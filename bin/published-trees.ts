import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import type { DatasetFolder } from "./find-datasets.ts";
import { GitContext } from "./git-context.ts";

/** The tree ids of folders in a commit, by path. Folders that do not exist are omitted. */
async function treesIn(git: (...args: string[]) => Promise<string>, ref: string, paths: readonly string[]): Promise<Map<string, string>> {
  const listing = await git("ls-tree", "-z", "-d", "--full-tree", ref, "--", ...paths);
  const entries = listing.split("\0").map((line) => /^\d+ tree ([0-9a-f]+)\t(.*)$/s.exec(line));
  return new Map(entries.flatMap((entry) => (entry ? [[entry[2] as string, entry[1] as string]] : [])));
}

/** Remembers the last published tree of each dataset, so that only changed datasets are published. */
export class PublishedTrees {
  readonly #trees = new Map<string, string>();

  /** Makes datasets count as changed. */
  forget(names: Iterable<string>): void {
    for (const name of names) this.#trees.delete(name);
  }

  /**
   * The datasets that changed since they were last published. Call `done` after publishing them. Returns all datasets without git, or if
   * one was deleted, because publishing any of them records the deletion.
   */
  async changed(all: readonly DatasetFolder[], branch: string | undefined): Promise<{ datasets: DatasetFolder[]; done(): void }> {
    const datasets = all.filter(({ folder }) => existsSync(folder));
    const [first] = datasets;
    const found = first && (await new GitContext(branch).publishedRepositoryOf(first.folder));
    if (!found) return { datasets, done: () => {} };
    // All are in one data/ folder and therefore in one repository.
    const paths = new Map(all.map(({ name, folder }) => [name, relative(found.repository.root, folder).split(sep).join("/")]));
    const trees = await treesIn(found.repository.git, found.branch.ref, [...paths.values()]);
    const treeOf = (name: string): string => trees.get(paths.get(name) ?? "") ?? "";
    const isChanged = (name: string): boolean => this.#trees.get(name) !== treeOf(name);
    // The branch decides, because the folder may be deleted before the commit.
    const hasEnded = all.some(({ name }) => treeOf(name) === "" && isChanged(name));
    return {
      datasets: hasEnded ? datasets : datasets.filter(({ name }) => isChanged(name)),
      done: () => {
        for (const { name } of all) this.#trees.set(name, treeOf(name));
      },
    };
  }
}
