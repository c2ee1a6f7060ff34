import { BUILD_LIMITS, FUNCTION_LIMITS } from "../lib/contract/read-limits.ts";

const MIB = 1024 ** 2;
const number = (value: number): string => value.toLocaleString("en");
const size = (bytes: number): string => (bytes >= 1024 * MIB ? `${bytes / (1024 * MIB)} GiB` : `${bytes / MIB} MiB`);
type Limits = typeof FUNCTION_LIMITS;

const whole = ({ totalBytes, files, depth }: Limits): string => `${size(totalBytes)}, ${number(files)} files, ${depth} folders deep`;
const inTotal = ({ fileBytes, totalBytes, files, depth }: Limits): string =>
  `${size(fileBytes)} per file, ${size(totalBytes)} in total, ${number(files)} files, ${depth} folders deep`;

/** How large a dataset may be. */
export function datasetLimits(): string {
  const rows = [
    ["git on GitHub", "100 MB", "5 GB is advised", "GitHub refuses the push"],
    [
      "command line, `remote`",
      "memory of the machine for one record",
      "tens of millions of records ([benchmark.md](benchmark.md))",
      "time",
    ],
    [
      "functions in AWS",
      size(FUNCTION_LIMITS.fileBytes),
      whole(FUNCTION_LIMITS),
      "a verdict that names the limit; with `largeBuilds`, a build checks and publishes it",
    ],
    [
      "builds in AWS (setting `largeBuilds`)",
      size(BUILD_LIMITS.fileBytes),
      whole(BUILD_LIMITS),
      "a verdict that names the limit; 4 hours (15 minutes for a check); 50 GB of disk",
    ],
  ];
  return ["| | one file | one dataset | limited by |", "|---|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** Which size is published and checked how. */
export const waysBySize = (): string =>
  [
    "| a commit of a dataset has | published by | a pull request is checked by |",
    "|---|---|---|",
    `| up to ${inTotal(FUNCTION_LIMITS)} | the function | the function |`,
    `| more, up to ${inTotal(BUILD_LIMITS)} | a build | a build; in a private repository your CI, and \`validate\` names the limit |`,
    "| more than that | not published: the verdict names the limit | not checked |",
  ].join("\n");

/** A first release that was built: docs/limits.md names the machine. */
const MEASURED = { records: 2_000_000, jsonBytes: 402e6, seconds: 46, diskBytes: 0.9e9 };

/** The time and disk of a build, in proportion to its bytes. */
export function buildTimes(): string {
  const recordBytes = MEASURED.jsonBytes / MEASURED.records;
  const rows = [2e6 * recordBytes, 10e6 * recordBytes, BUILD_LIMITS.totalBytes].map((bytes) => {
    const share = bytes / MEASURED.jsonBytes;
    const json = bytes === BUILD_LIMITS.totalBytes ? `${size(bytes)}, the build's limit` : `${(bytes / 1e9).toPrecision(1)} GB`;
    const minutes = Math.round((share * MEASURED.seconds) / 60);
    const disk = Math.round((share * MEASURED.diskBytes) / 1e9);
    return `| ${Math.round(bytes / recordBytes / 1e6)} million | ${json} | ${minutes} minute${minutes === 1 ? "" : "s"} | ${disk} GB |`;
  });
  return [`| records of ${Math.round(recordBytes)} bytes | JSON | time | disk |`, "|---|---|---|---|", ...rows].join("\n");
}
