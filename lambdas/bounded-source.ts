import { sourceExcess } from "../lib/adapters/source-excess.ts";
import { describesDataset } from "../lib/check/describes-dataset.ts";
import type { FetchLimits } from "../lib/ports/forge.ts";
import type { History, Source } from "../lib/ports/ports.ts";
import { SourceTooLargeError } from "./source-too-large-error.ts";

/** A source that throws `SourceTooLargeError` instead of reading records if its files exceed limits. */
export function boundedSource(source: Source, limits: FetchLimits): Source {
  let listed: ReturnType<Source["list"]> | undefined;
  const list = (): ReturnType<Source["list"]> => {
    listed ??= source.list();
    return listed;
  };
  return {
    list,
    async *read(path) {
      const why = describesDataset(path) ? undefined : sourceExcess(await list(), limits);
      if (why !== undefined) throw new SourceTooLargeError(`Too large for a function: ${why}`);
      yield* source.read(path);
    },
  };
}

/** A history whose sources have the same limits. */
export const boundedSourceHistory = (history: History, limits: FetchLimits): History => ({
  after: (since) => history.after(since),
  position: (commit) => history.position(commit),
  isTipWithin: (commits) => history.isTipWithin(commits),
  at: (commit) => boundedSource(history.at(commit), limits),
});
