import { once } from "node:events";
import { resolve, sep } from "node:path";
import { watch } from "chokidar";
import { filesAtHead } from "../../lib/adapters/git/files-at-head.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { printFailure } from "../print-failure.ts";

interface Following {
  /** Runs `work` after the current work. */
  queue(work: () => Promise<void>): void;
  stop(): Promise<void>;
}

/** Calls `work` after each burst of changes in datasets or branches, one call at a time. Resolves when it is watching. */
export async function followChanges(
  datasets: readonly DatasetFolder[],
  work: (changed: ReadonlySet<DatasetFolder>) => Promise<void>,
): Promise<Following> {
  const repository = await findGitRepository(process.cwd());
  const heads = repository ? await filesAtHead(repository) : [];
  let working = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const changed = new Set<DatasetFolder>();
  // The parent folder is watched too, because a deleted dataset may be restored.
  const folders = ["data", ...datasets.map(({ folder }) => folder)];
  const watcher = watch([...folders, ...heads], { ignoreInitial: true, followSymlinks: false });
  watcher.on("all", (_event, path) => {
    const at = resolve(path);
    for (const dataset of datasets)
      if (
        at === dataset.folder ||
        at === dataset.given ||
        [dataset.folder, dataset.given].some((folder) => at.startsWith(`${folder}${sep}`))
      )
        changed.add(dataset);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const batch = new Set(changed);
      changed.clear();
      // Failed work is retried with the next change.
      working = working.then(() => work(batch)).catch(printFailure);
    }, 150);
  });
  // Before it is ready, the watcher ignores changes as part of the initial state.
  await once(watcher, "ready");
  return {
    queue: (other) => {
      working = working.then(other).catch(printFailure);
    },
    stop: async () => {
      clearTimeout(timer);
      await watcher.close();
      await working;
    },
  };
}
