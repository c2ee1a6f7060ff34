import type { Dataset } from "../dataset/dataset.ts";
import type { Metadata } from "../dataset/metadata.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import type { Format } from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import type { Column } from "../schema/table-plan.ts";
import type { ReleaseFacts } from "./datapackage.ts";
import { layoutOfPlans } from "./layout-of-plans.ts";
import { versionText } from "./version-text.ts";

/** A cell of a Markdown table, in which a pipe or line break would end the cell. */
const cell = (text: string): string => text.replaceAll(/(\\*)\|/g, "$1$1\\|").replaceAll(/[\r\n]+/g, " ");

const typeOf = ({ item, derived, type }: Column): string => (item ? "list" : derived === "start" || derived === "end" ? "date" : type);

/** Describes a column: title, description and allowed values. */
const meaning = ({ title, description, allowed, derived }: Column): string =>
  [[title, description].filter(Boolean).join(". "), ...(allowed && !derived ? [`One of: ${allowed.join(", ")}.`] : [])].join(" ");

/** Sentences on coverage and contacts, from the optional metadata. */
function coverage({ spatial, researchedUntil, notCovered, contributors = [] }: Metadata): string[] {
  const contacts = contributors.flatMap(({ title, email }) => (email ? [`${title} <${email}>`] : []));
  const sentences = [
    ...(researchedUntil ? [`Newest source: ${researchedUntil}.`] : []),
    ...(notCovered ? [`Not covered: ${notCovered}`] : []),
    ...(spatial ? [`Places: ${spatial.join(", ")}.`] : []),
    ...(contacts.length > 0 ? [`Contact: ${contacts.join(", ")}.`] : []),
  ];
  return sentences.length > 0 ? [sentences.join(" "), ""] : [];
}

const MANIFEST_NOTE = ["`SHA256SUMS` holds the hash of every file: `sha256sum -c SHA256SUMS`.", ""];

/** Text of `README.md` of a release: description, files and data dictionary. */
export function readmeFile(dataset: Dataset, release: ReleaseFacts, formats: readonly Format[] = datasetFormats(dataset)): string {
  const { metadata, plans } = dataset;
  const layout = layoutOfPlans(plans);
  const tableFiles = listFormatFiles(dataset, formats).filter((file) => "plan" in file);
  const tables = plans.flatMap((plan) => {
    const files = tableFiles.filter((file) => file.plan === plan);
    return [
      `## ${plan.title} (${files.flatMap(({ name, link }) => (link ? [] : [`\`${name}\``])).join(", ")})`,
      "",
      plan.description,
      "",
      ...(plan.sql ? ["A view: its rows are made of other tables by the SQL in `datapackage.json`.", ""] : []),
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
    `Version ${versionText(release)}${release.date ? `, ${release.date.slice(0, 10)}` : ""}. Licence: ${metadata.licenses.map(({ title, name }) => title ?? name).join(", ")}.`,
    "",
    ...coverage(metadata),
    ...formats.flatMap(({ readme }) => (readme ? [...readme(layout), ""] : [])),
    // In layout 1, the paragraph on CSV files ends with this note.
    ...(layout === 1 ? [] : MANIFEST_NOTE),
    ...tables,
  ].join("\n");
}
