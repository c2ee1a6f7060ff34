import { citedAuthors } from "../dataset/cited-authors.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { ReleaseFacts } from "./datapackage.ts";
import { layoutOfPlans } from "./layout-of-plans.ts";
import { versionText } from "./version-text.ts";

/** `CITATION.cff` 1.2.0, https://citation-file-format.github.io. JSON strings are valid YAML. */
export function citationFile({ metadata, plans }: Dataset, release: ReleaseFacts): string {
  // Layout 1 listed publishers as authors as well.
  const people = layoutOfPlans(plans) === 1 && metadata.contributors?.length ? metadata.contributors : citedAuthors(metadata);
  const authors = people.flatMap(({ title, email }) => [
    `  - name: ${JSON.stringify(title)}`,
    ...(email ? [`    email: ${JSON.stringify(email)}`] : []),
  ]);
  return [
    "cff-version: 1.2.0",
    `message: ${JSON.stringify("If you use this dataset, please cite the version that you used.")}`,
    "type: dataset",
    `title: ${JSON.stringify(metadata.title)}`,
    `abstract: ${JSON.stringify(metadata.description)}`,
    "authors:",
    ...authors,
    `version: ${JSON.stringify(versionText(release))}`,
    ...(release.date ? [`date-released: ${release.date.slice(0, 10)}`] : []),
    ...(release.commit ? [`commit: ${release.commit}`] : []),
    `license: ${JSON.stringify(metadata.licenses[0]?.name ?? "")}`,
    ...(metadata.homepage ? [`url: ${JSON.stringify(metadata.homepage)}`] : []),
    ...(metadata.keywords?.length ? ["keywords:", ...metadata.keywords.map((word) => `  - ${JSON.stringify(word)}`)] : []),
    "",
  ].join("\n");
}
