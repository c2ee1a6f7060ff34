import { codeAddress } from "../code-address.ts";
import type { TableFile, TableFormat } from "../format.ts";
import { csvTextHeaderRow } from "./csv-text.ts";
import { duckdbCode } from "./duckdb-code.ts";
import { linkTableColumns } from "./link-table-columns.ts";
import { packageNote, packageReadmeNote } from "./package-note.ts";
import { pandasCode } from "./pandas-code.ts";
import { rCode } from "./r-code.ts";
import { tableSchema } from "./table-schema.ts";

const DIALECT = { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true };

const linkTitle = ({ plan, link }: TableFile): string => `${plan.title}: ${link?.path.join(".")}`;

export const csvFormat: TableFormat = {
  name: "csv",
  extension: "csv",
  mediaType: "text/csv",
  isText: true,
  isCompressedByCdn: true,
  label: "CSV",
  isFeatured: true,
  isRequired: true,
  openingHint:
    "In Excel, import a CSV file with Data > From Text/CSV: the files are UTF-8 without a byte order mark, so a double click shows letters such as ü wrongly.",
  scope: "table",
  encoder: { name: "csv", load: () => import("./encoder.ts") },
  hasLinkTables: true,
  hasLayouts: true,
  caption: (file, [one]) => (file.link ? linkTitle(file) : `One row per ${one}${file.plan.sql ? ", made of other tables by SQL" : ""}`),
  resource(file, plans) {
    const { plan, link } = file;
    const { layout, columns, primaryKey } = plan;
    const schema = link
      ? tableSchema({ layout, columns: linkTableColumns(link), primaryKey: [], plans })
      : tableSchema({ layout, columns, primaryKey, plans });
    return {
      name: (link ?? plan).name.toLowerCase(),
      type: "table",
      title: link ? linkTitle(file) : plan.title,
      description: link ? `One row for each item of ${link.path.join(".")} in ${plan.name}.` : plan.description,
      dialect: DIALECT,
      schema,
      ...(plan.sql && !link ? { view: { language: "SQLite", sql: plan.sql } } : {}),
    };
  },
  packageNote,
  readme: packageReadmeNote,
  snippets: (table) => [
    { id: "curl", name: "curl", code: (url) => `curl -fLO ${url}` },
    { id: "pandas", name: "Python (pandas)", code: (url) => pandasCode(table, url) },
    { id: "r", name: "R", code: (url) => rCode(table, url) },
    { id: "duckdb", name: "SQL (DuckDB)", code: (url) => duckdbCode(table, url) },
    { id: "sheets", name: "Google Sheets", code: (url) => `=IMPORTDATA("${codeAddress(url)}")` },
  ],
  async open({ plan, link }, output) {
    await output.write(Buffer.from(csvTextHeaderRow(plan.layout, (link ?? plan).columns)));
    return {
      async write({ chunks }) {
        for (const chunk of chunks) await output.write(chunk);
      },
      close: async () => {},
    };
  },
};
