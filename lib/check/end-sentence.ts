import { datasetEndSentence } from "../release/dataset-end.ts";
import type { FoundEnd } from "./find-end.ts";

/** The sentence about an announced end. */
export function endSentence({ reason, continuedAs, isDraft }: FoundEnd): string {
  if (continuedAs !== undefined) return `continues as ${continuedAs}. Its releases stay published, and its page links to it.`;
  if (isDraft) return "was deleted. It had no release.";
  return `ends: ${datasetEndSentence(reason ?? "")} Its releases stay published, and its page shows it.`;
}
