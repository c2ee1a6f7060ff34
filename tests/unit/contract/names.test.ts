import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceFiles } from "../../catch-clauses.ts";
import { ROOT } from "../../scratch.ts";

/** Names that several rooms share, each with its file in lib/contract. */
const NAMES: readonly [name: string, contract: string][] = [
  ["dataset.json", "dataset-files"],
  ["schema.json", "dataset-files"],
  ["SHA256SUMS", "release-files"],
  ["SHA256SUMS.jws", "release-files"],
  ["datapackage.json", "release-files"],
  ["changes.json", "release-files"],
  ["CHANGES.md", "release-files"],
  ["README.md", "release-files"],
  ["CITATION.cff", "release-files"],
  ["LICENSE", "release-files"],
  ["releases.json", "catalogue-object-key"],
  ["feed.xml", "feed-object-key"],
  [".well-known/jwks.json", "key-set"],
  [".well-known/factpress-head.json", "head-object-key"],
  [".factpress", "private-folder"],
];

const files = sourceFiles(ROOT, "bin", "lib", "lambdas").filter((file) => /(?<!\.generated)\.tsx?$/.test(file));

it.each(NAMES)("%s is written as a name in lib/contract/%s.ts only", (name, contract) => {
  const escaped = name.replaceAll(".", "\\.");
  // Strings that equal the name, or are paths that start or end with it; not sentences about the file.
  const written = new RegExp(
    `^ +${escaped}:|(?<!from )"/?(?:\\*/)?${escaped}(?:/[^" ]*)?"(?! with)|\`[^\` ]*/${escaped}\`|\`${escaped}/`,
    "m",
  );
  const found = files.filter((file) => written.test(readFileSync(join(ROOT, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "")));
  expect(found).toEqual([`lib/contract/${contract}.ts`]);
});
