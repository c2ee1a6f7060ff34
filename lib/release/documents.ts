import type { Dataset } from "../dataset/dataset.ts";
import { citedAuthors } from "../dataset/metadata.ts";
import type { Format } from "../formats/format.ts";
import { filesOf, formatsOf } from "../formats/formats.ts";
import type { Column } from "../schema/table-plan.ts";
import { layoutOf, type ReleaseFacts } from "./datapackage.ts";

const versionOf = (release: ReleaseFacts): string => release.version ?? "preview";

/** `CITATION.cff`, https://citation-file-format.github.io, 1.2.0. JSON texts are YAML texts. */
export function citationFile({ metadata, plans }: Dataset, release: ReleaseFacts): string {
  // Layout 1 listed publishers as authors as well.
  const people = layoutOf(plans) === 1 && metadata.contributors?.length ? metadata.contributors : citedAuthors(metadata);
  const authors = people.map(({ title }) => `  - name: ${JSON.stringify(title)}`);
  return [
    "cff-version: 1.2.0",
    `message: ${JSON.stringify("If you use this dataset, please cite the version that you used.")}`,
    "type: dataset",
    `title: ${JSON.stringify(metadata.title)}`,
    `abstract: ${JSON.stringify(metadata.description)}`,
    "authors:",
    ...authors,
    `version: ${JSON.stringify(versionOf(release))}`,
    ...(release.date ? [`date-released: ${release.date.slice(0, 10)}`] : []),
    ...(release.commit ? [`commit: ${release.commit}`] : []),
    `license: ${JSON.stringify(metadata.licenses[0]?.name ?? "")}`,
    ...(metadata.homepage ? [`url: ${JSON.stringify(metadata.homepage)}`] : []),
    ...(metadata.keywords?.length ? ["keywords:", ...metadata.keywords.map((word) => `  - ${JSON.stringify(word)}`)] : []),
    "",
  ].join("\n");
}

/** `LICENSE`: the file in the dataset's folder, or the names of its licences. */
export const licenseFile = ({ metadata, license }: Dataset): string =>
  license ?? metadata.licenses.map(({ name, title, path }) => `${[title ?? name, path].filter(Boolean).join("\n")}\n`).join("\n");

/** A cell of a table in Markdown: a pipe or a line break would end it. */
const cell = (text: string): string => text.replaceAll(/(\\*)\|/g, "$1$1\\|").replaceAll(/[\r\n]+/g, " ");

const typeOf = ({ item, derived, type }: Column): string => (item ? "list" : derived === "start" || derived === "end" ? "date" : type);

/** The meaning of a column: title, description and allowed values. */
const meaning = ({ title, description, allowed, derived }: Column): string =>
  [[title, description].filter(Boolean).join(". "), ...(allowed && !derived ? [`One of: ${allowed.join(", ")}.`] : [])].join(" ");

const MANIFEST_NOTE = ["`SHA256SUMS` holds the hash of every file: `sha256sum -c SHA256SUMS`.", ""];

/** `README.md` of a release: description, files and data dictionary. */
export function readmeFile(dataset: Dataset, release: ReleaseFacts, formats: readonly Format[] = formatsOf(dataset)): string {
  const { metadata, plans } = dataset;
  const layout = layoutOf(plans);
  const tableFiles = filesOf(dataset, formats).filter((file) => "plan" in file);
  const tables = plans.flatMap((plan) => {
    const files = tableFiles.filter((file) => file.plan === plan);
    return [
      `## ${plan.title} (${files.flatMap(({ name, link }) => (link ? [] : [`\`${name}\``])).join(", ")})`,
      "",
      plan.description,
      "",
      ...files.flatMap(({ name, link }) =>
        link ? [`\`${name}\` has one row for each item of \`${link.path.join(".")}\`, to be joined by \`${plan.name}_…\`.\n`] : [],
      ),
      "| column | type | meaning |",
      "|---|---|---|",
      ...plan.columns.map((column) => `| \`${column.name}\` | ${typeOf(column)} | ${cell(meaning(column))} |`),
      "",
    ];
  });
  return [
    `# ${metadata.title}`,
    "",
    metadata.description,
    "",
    `Version ${versionOf(release)}${release.date ? `, ${release.date.slice(0, 10)}` : ""}. Licence: ${metadata.licenses.map(({ title, name }) => title ?? name).join(", ")}.`,
    "",
    ...formats.flatMap(({ readme }) => (readme ? [...readme(layout), ""] : [])),
    // In layout 1 the paragraph on CSV files ends with it.
    ...(layout === 1 ? [] : MANIFEST_NOTE),
    ...tables,
  ].join("\n");
}
