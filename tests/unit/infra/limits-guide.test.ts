import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MAX_COMMITS_BACK } from "../../../lib/build/last-valid-state.ts";
import { FUNCTION_LIMITS } from "../../../lib/contract/read-limits.ts";
import { MAX_LISTED } from "../../../lib/verify/datasets-to-verify.ts";
import { ROOT } from "../../scratch.ts";
import { synthHere } from "../../servers/synth.ts";

const guide = readFileSync(join(ROOT, "docs/limits.md"), "utf8").replaceAll(/\s+/g, " ");
const { Resources } = synthHere({ largeBuilds: "large" });

/** A property of the resource of a type whose id starts like this. */
function property(type: string, id: string, name: string): number {
  const [, found] = Object.entries(Resources).find(([key, { Type }]) => Type === type && new RegExp(`^${id}[0-9A-F]{8}$`).test(key)) ?? [];
  const value = found?.Properties[name] as { Size: number } | number;
  return typeof value === "object" ? value.Size : value;
}
const ofFunction = (id: string, name: string): number => property("AWS::Lambda::Function", id, name);
const ofBuild = (id: string, name: string): number => property("AWS::CodeBuild::Project", id, name);

/** A constant that no other module needs, from its source: a product of numbers. */
function constant(file: string, name: string): number {
  const [, text] = new RegExp(`^(?:export )?const ${name} = ([\\d_ *.]+);`, "m").exec(readFileSync(join(ROOT, file), "utf8")) ?? [];
  if (text === undefined) throw new Error(`${file} has no number ${name}`);
  return text.split("*").reduce((product, factor) => product * Number(factor.trim().replaceAll("_", "")), 1);
}
const n = (value: number): string => value.toLocaleString("en");
const HOUR_MS = 3_600_000;

/** What docs/limits.md says, with the numbers of the code. */
const SAID: string[] = [
  `${n(FUNCTION_LIMITS.totalBytes / 1024 ** 2)} MiB are about`,
  `A function has ${n(ofFunction("Validate", "MemorySize"))} MB of memory`,
  `A function has ${n(ofFunction("Publish", "MemorySize"))} MB of memory`,
  `${ofFunction("Validate", "EphemeralStorage") / 1024} GiB (\`validate\`) or ${ofFunction("Publish", "EphemeralStorage") / 1024} GiB (\`publish\`) of temporary files`,
  `\`validate\` has ${ofFunction("Validate", "Timeout") / 60} minutes for fetching`,
  `and for the report (${constant("lambdas/validate/dataset-check.ts", "REPORT_SECONDS")} seconds)`,
  `up to ${constant("lib/adapters/github/query-blobs.ts", "MAX_BYTES") / 1024 ** 2} MiB in total`,
  `Files over ${constant("lib/adapters/github/query-blobs.ts", "MAX_BLOB_BYTES") / 1000} kB`,
  `Files that would take ${constant("lib/adapters/github/choose-archive.ts", "MIN_REQUESTS")} requests or more`,
  `At most ${MAX_COMMITS_BACK} commits are tried`,
  `at most ${n(constant("lib/adapters/github/github-branches.ts", "MAX_BEHIND"))} commits behind the tip`,
  `A function reads ${n(constant("lib/adapters/github/github-branches.ts", "MAX_BEHIND"))} commits`,
  `asks for ${constant("lib/adapters/github/point-budget.ts", "POINTS_A_MINUTE")} points a minute at most`,
  `ends when fewer than ${constant("lambdas/publish/publish-branch.ts", "RESERVED_REQUESTS")} are left`,
  `a backlog of more than ${constant("lambdas/publish/publish-branch.ts", "MAX_REPORTED")} commits`,
  `the catalogues of at most ${n(MAX_LISTED)} datasets`,
  `the limits of a build: ${ofBuild("Build", "TimeoutInMinutes") / 60} hours`,
  `after ${ofBuild("Check", "TimeoutInMinutes")} minutes CodeBuild ends it`,
  "up to three times for one tip",
  `that verdict after ${["", "", "", "", "four"][constant("lambdas/validate/request-check-build.ts", "CHECK_LEASE_MS") / HOUR_MS]} hours`,
  `at most ${["", "", "two"][constant("lambdas/validate/request-check-build.ts", "CHECK_WAIT_MS") / HOUR_MS]} hours`,
  `One commit changes at most ${n(constant("lambdas/validate/check-changed-datasets.ts", "MAX_DATASETS"))} datasets`,
];

it("docs/limits.md states the limits that the code has", () => {
  expect(SAID.filter((text) => !guide.includes(text))).toEqual([]);
  expect(constant("lambdas/publish/large-build.ts", "MAX_TRIES")).toBe(3);
});
