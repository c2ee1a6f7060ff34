import semver from "semver";
import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { majorIsAnnounced } from "./major-is-announced.ts";

/** Sentences about removed records start with the name of a table, others with that of a file. */
const isRemoval = (sentence: string): boolean => /^[^.:]+: .* (?:is|are) gone/s.test(sentence);

const MAY_GO = ' If records are expected to come and go, declare it once: "records": "may-go" in the block "release".';

const withdrawal = (version: string | undefined): string =>
  version === undefined
    ? ""
    : `, or withdraw ${version} in this commit if it was a mistake ("withdrawn": [{ "version": "${version}", "reason": "..." }] in the block "release")`;

/**
 * Returns a problem for breaking changes without an announced major version, with the remedies in order of their effect on readers,
 * smallest first. `withdraw`: a release whose withdrawal in the same commit would make the change compatible.
 */
export function unannouncedBreaks(sentences: readonly string[], newest: string, minimumVersion: string, withdraw?: string): Problem[] {
  if (sentences.length === 0 || majorIsAnnounced(newest, minimumVersion)) return [];
  const next = `${semver.major(newest) + 1}.0.0`;
  return [
    fileProblem(
      DATASET_FILE,
      `This breaks readers, and ${next} is not announced: ${sentences.join("; ")}`,
      `Keep the published state (a record can stay and be marked as no longer valid)${withdrawal(withdraw)}, or announce it: set release.version to "${next}" in dataset.json.${sentences.some(isRemoval) ? MAY_GO : ""}`,
    ),
  ];
}
