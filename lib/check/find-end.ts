import type { Metadata } from "../dataset/metadata.ts";
import { MissingCommitError } from "../ports/missing-commit-error.ts";
import type { Source } from "../ports/ports.ts";
import type { EndReason } from "../release/dataset-end.ts";
import { readDataset } from "./read-dataset.ts";

/** How a dataset that a commit deletes ends. */
export interface FoundEnd extends EndReason {
  /** It had no release yet, so it has no readers. */
  isDraft?: true;
}

/** The block `release` of a dataset; undefined if `dataset.json` is missing or has problems. */
async function releaseOf(source: Source, name: string): Promise<Metadata["release"]> {
  try {
    return (await readDataset(source, name, { mayHaveOverlookedProblems: true })).dataset?.metadata.release;
  } catch (error) {
    if (error instanceof MissingCommitError) return undefined;
    throw error;
  }
}

/** Reads why a dataset ends: from its last state, and from the remaining datasets. */
export async function findEnd(name: string, last: Source, present: ReadonlyMap<string, Source>): Promise<FoundEnd> {
  const read = await readDataset(last, name, { mayHaveOverlookedProblems: true });
  const { version, ended } = read.dataset?.metadata.release ?? {};
  const reason = ended === undefined ? {} : { reason: ended };
  for (const [other, source] of present) if ((await releaseOf(source, other))?.continues === name) return { ...reason, continuedAs: other };
  return { ...reason, ...(read.dataset && version === undefined ? { isDraft: true } : {}) };
}
