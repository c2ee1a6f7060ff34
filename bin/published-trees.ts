import { relative, sep } from "node:path";
import type { DatasetFolder } from "./datasets.ts";
import { publishedPlace } from "./places.ts";

/** The ids of folders in a commit, by path. A folder that is not there has none. */
async function treesIn(git: (...args: string[]) => Promise<string>, ref: string, paths: readonly string[]): Promise<Map<string, string>> {
  const listing = await git("ls-tree", "-z", "-d", "--full-tree", ref, "--", ...paths);
  const entries = listing.split("\0").map((line) => /^\d+ tree ([0-9a-f]+)\t(.*)$/s.exec(line));
  return new Map(entries.flatMap((entry) => (entry ? [[entry[2] as string, entry[1] as string]] : [])));
}

/** What was published of each dataset, so that a commit makes work for those datasets only that it changes. */
export class PublishedTrees {
  readonly #trees = new Map<string, string>();

  /** The datasets that the branch holds otherwise than when they were published last; `done` says that they are by now. All of them where there is no git. */
  async changed(datasets: readonly DatasetFolder[], branch: string | undefined): Promise<{ datasets: DatasetFolder[]; done(): void }> {
    const [first] = datasets;
    const here = first && (await publishedPlace(first.folder, branch));
    if (!here) return { datasets: [...datasets], done: () => {} };
    // All of them stand below one data/, so that one repository holds them.
    const paths = new Map(datasets.map(({ name, folder }) => [name, relative(here.repository.root, folder).split(sep).join("/")]));
    const trees = await treesIn(here.repository.git, here.branch.ref, [...paths.values()]);
    const treeOf = ({ name }: DatasetFolder): string => trees.get(paths.get(name) ?? "") ?? "";
    const changed = datasets.filter((dataset) => this.#trees.get(dataset.name) !== treeOf(dataset));
    return {
      datasets: changed,
      done: () => {
        for (const dataset of changed) this.#trees.set(dataset.name, treeOf(dataset));
      },
    };
  }
}
