import type { Metadata } from "../dataset/metadata.ts";
import { MissingCommitError, type Source } from "../ports/ports.ts";
import { type EndReason, endReasonSentence } from "../release/dataset-end.ts";
import { readDataset } from "./check-dataset.ts";

/** How a dataset that a commit deletes ends. */
export interface FoundEnd extends EndReason {
  /** It had no release yet, so it has no readers. */
  isDraft?: true;
}

/** The block `release` of a dataset; undefined if `dataset.json` is missing or has problems. */
async function releaseOf(source: Source, name: string): Promise<Metadata["release"]> {
  try {
    return (await readDataset(source, name)).dataset?.metadata.release;
  } catch (error) {
    if (error instanceof MissingCommitError) return undefined;
    throw error;
  }
}

/** Reads why a dataset ends: from its last state, and from the remaining datasets. */
export async function findEnd(name: string, last: Source, present: ReadonlyMap<string, Source>): Promise<FoundEnd> {
  const read = await readDataset(last, name);
  const { version, ended } = read.dataset?.metadata.release ?? {};
  const reason = ended === undefined ? {} : { reason: ended };
  for (const [other, source] of present) if ((await releaseOf(source, other))?.continues === name) return { ...reason, continuedAs: other };
  return { ...reason, ...(read.dataset && version === undefined ? { isDraft: true } : {}) };
}

/** Whether the authors declared the end of a dataset. */
export const isEndAnnounced = ({ reason, continuedAs, isDraft }: FoundEnd): boolean =>
  reason !== undefined || continuedAs !== undefined || isDraft === true;

/** The sentence about an announced end. */
export function endSentence({ reason, continuedAs, isDraft }: FoundEnd): string {
  if (continuedAs !== undefined) return `continues as ${continuedAs}. Its releases stay published, and its page links to it.`;
  if (isDraft) return "was deleted. It had no release.";
  return `ends: ${endReasonSentence(reason ?? "")} Its releases stay published, and its page shows it.`;
}

/** The message and remedy for a dataset that is deleted without a declared reason. */
export const unannouncedEnd = (name: string, against: string): { message: string; remedy: string } => ({
  message: `was deleted: ${against} has it. Its releases stay published, and its page will show that it ended.`,
  remedy: `Restore the folder. If another dataset continues it, declare that in its dataset.json: "continues": "${name}" in the block "release". If it ends, say why in its own dataset.json, in a commit that is merged before: "ended": "WHY" in the block "release".`,
});
