import semver from "semver";
import type { Metadata } from "../dataset/metadata.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Difference, Level } from "./difference.ts";

/** The version of the next release: the newest raised by the level, or the floor where that is higher. */
export function nextVersion(newest: string | undefined, level: Level | "first", floor: string): string {
  if (newest === undefined || level === "first" || level === "none") return floor;
  const raised = semver.inc(newest, level) as string;
  return semver.gt(floor, raised) ? floor : raised;
}

/** A major change is announced where the floor has a higher major than the newest release. */
export const majorIsAnnounced = (newest: string, floor: string): boolean => semver.major(floor) > semver.major(newest);

export const nextPatch = (version: string): string => semver.inc(version, "patch") as string;

/** A sentence about removed records begins with their table; one about a file or a column with the file. */
const isRemoval = (sentence: string): boolean => /^[^.:]+: .* (?:is|are) gone/s.test(sentence);
const MAY_GO = ' Where records come and go by nature, say so once: "records": "may-go" in the block "release".';

const withdrawal = (version: string | undefined): string =>
  version === undefined
    ? ""
    : `, or withdraw ${version} in this commit if it was a mistake ("withdrawn": [{ "version": "${version}", "reason": "..." }] in the block "release")`;

/**
 * The problem with what breaks readers, where no new major version is announced, and the ways out, the cheapest for readers
 * first. `withdraw`: a release whose withdrawal in the same commit would break no reader.
 */
export function unannounced(sentences: readonly string[], newest: string, floor: string, withdraw?: string): Problem[] {
  if (sentences.length === 0 || majorIsAnnounced(newest, floor)) return [];
  const next = `${semver.major(newest) + 1}.0.0`;
  return [
    fileProblem(
      "dataset.json",
      `This breaks readers, and ${next} is not announced: ${sentences.join("; ")}`,
      `Keep what readers have (a record can stay and say that it no longer holds)${withdrawal(withdraw)}, or announce it: set release.version to "${next}" in dataset.json.${sentences.some(isRemoval) ? MAY_GO : ""}`,
    ),
  ];
}

/** A loss of fewer records is an ordinary correction in a table of any size. */
const FEW = 10;
const SHRINK_PERCENT = 10;

/**
 * One problem for each table that loses a large share of its records, unless `dataset.json` confirms it with
 * the number of records that are left. So a confirmation covers no later change.
 */
export function shrinking({ tables }: Pick<Difference, "tables">, { shrinkPercent, shrinks }: NonNullable<Metadata["release"]>): Problem[] {
  const percent = shrinkPercent ?? SHRINK_PERCENT;
  return Object.entries(tables).flatMap(
    ([
      table,
      {
        active: { before, after, lost },
      },
    ]) =>
      lost < FEW || lost * 100 <= before * percent || shrinks?.[table] === after
        ? []
        : [
            fileProblem(
              "dataset.json",
              `The change removes or deprecates ${lost} of ${before} ${table}, more than ${percent} %`,
              `Put back what is missing. Where it is meant, say how many are left: "shrinks": { "${table}": ${after} } in the block "release" of dataset.json.`,
            ),
          ],
  );
}
