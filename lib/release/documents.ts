import type { Dataset } from "../dataset/dataset.ts";
import { authorsOf } from "../dataset/metadata.ts";
import type { Column } from "../schema/table-plan.ts";
import { layoutOf, type ReleaseFacts } from "./datapackage.ts";

const versionOf = (release: ReleaseFacts): string => release.version ?? "preview";

/** `CITATION.cff`, https://citation-file-format.github.io, 1.2.0. JSON texts are YAML texts. */
export function citationFile({ metadata, plans }: Dataset, release: ReleaseFacts): string {
  // Layout 1 named publishers among the authors as well.
  const people = layoutOf(plans) === 1 && metadata.contributors?.length ? metadata.contributors : authorsOf(metadata);
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

/** `LICENSE`: the text that stands in the dataset's folder, or the names of its licences. */
export const licenseFile = ({ metadata, license }: Dataset): string =>
  license ?? metadata.licenses.map(({ name, title, path }) => `${[title ?? name, path].filter(Boolean).join("\n")}\n`).join("\n");

/** A cell of a table in Markdown: a pipe or a line break would end it. */
const cell = (text: string): string => text.replaceAll(/(\\*)\|/g, "$1$1\\|").replaceAll(/[\r\n]+/g, " ");

/** What a column means: its title, its description, and the values that it may have. */
const meaning = ({ title, description, allowed, derived }: Column): string =>
  [[title, description].filter(Boolean).join(". "), ...(allowed && !derived ? [`One of: ${allowed.join(", ")}.`] : [])].join(" ");

/** How the CSV files of layout 1 are to be read. */
const CSV_1 = [
  'CSV files are UTF-8 with CRLF line endings (RFC 4180). No value is an empty cell; an empty text is `""`.',
  "Text that starts with `=`, `+`, `-`, `@`, `'`, a tab or a carriage return has one `'` put before it, so that no",
  "spreadsheet runs it: drop one leading `'` to get the exact text. Lists are joined with `;` (in items, `;` and `\\`",
  "have a `\\` before them, `\\-` is an item without a value, `[]` an empty list). Partial dates keep their text;",
  "`…_start` and `…_end` are the first and the last day they cover. `SHA256SUMS` holds the hash of every file:",
  "`sha256sum -c SHA256SUMS`.",
];

/** How the CSV files are to be read. */
const CSV = [
  'CSV files are UTF-8 with CRLF line endings (RFC 4180). No value is an empty cell; an empty text is `""`.',
  "",
  "Text, and the name of a column, that starts with `=`, `+`, `-`, `@`, `'`, a tab or a line break has one `'` put before",
  "it, so that no spreadsheet runs it as a formula; so has what follows a `;` within it. Numbers and a sign on its own have",
  "none. Drop one `'` at the start and one after each `;` to get the exact text.",
  "",
  "Lists are joined with `;` (in items, `;` and `\\` have a `\\` before them, `\\-` is an item without a value, `[]` an empty",
  "list). Partial dates keep their text; `…_start` and `…_end` are the first and the last day they cover.",
  "",
  "`SHA256SUMS` holds the hash of every file: `sha256sum -c SHA256SUMS`.",
];

/** `README.md` of a release: what it is, its files, and the data dictionary. */
export function readmeFile({ metadata, plans }: Dataset, release: ReleaseFacts): string {
  const tables = plans.flatMap((plan) => [
    `## ${plan.title} (\`${plan.name}.csv\`, \`${plan.name}.json\`, \`${plan.name}.ndjson\`)`,
    "",
    plan.description,
    "",
    ...plan.links.map(
      (link) => `\`${link.name}.csv\` has one row for each item of \`${link.path.join(".")}\`, to be joined by \`${plan.name}_…\`.\n`,
    ),
    "| column | type | meaning |",
    "|---|---|---|",
    ...plan.columns.map(
      (column) =>
        `| \`${column.name}\` | ${column.item ? "list" : column.derived === "start" || column.derived === "end" ? "date" : column.type} | ${cell(meaning(column))} |`,
    ),
    "",
  ]);
  return [
    `# ${metadata.title}`,
    "",
    metadata.description,
    "",
    `Version ${versionOf(release)}${release.date ? `, ${release.date.slice(0, 10)}` : ""}. Licence: ${metadata.licenses.map(({ title, name }) => title ?? name).join(", ")}.`,
    "",
    ...(layoutOf(plans) === 1 ? CSV_1 : CSV),
    "",
    ...tables,
  ].join("\n");
}
