import type { DatasetFormat, FormatEncoder, Output, TableFormat, TablePart } from "../format.ts";

const encoder: FormatEncoder = { name: "json", load: () => import("./encoder.ts") };
const kind = {
  extension: "json",
  mediaType: "application/json",
  isText: true,
  isCompressedByCdn: true,
  label: "JSON",
  isForSmallOnly: true,
};

/** Writes the records of one table, with a comma between batches. */
function recordList({ write }: Output): (part: TablePart) => Promise<void> {
  let isFirst = true;
  return async ({ chunks, rows }) => {
    if (rows === 0) return;
    if (!isFirst) await write(Buffer.from(",\n"));
    isFirst = false;
    for (const chunk of chunks) await write(chunk);
  };
}

export const jsonFormat: TableFormat = {
  ...kind,
  name: "json",
  scope: "table",
  encoder,
  caption: (_file, [, many]) => `A list of ${many}, nested as they are written`,
  snippets: () => [
    {
      id: "javascript",
      name: "JavaScript",
      code: (url) =>
        `const response = await fetch("${url}");\nif (!response.ok) throw new Error(response.statusText);\nconst rows = await response.json();\nconsole.log(rows.length);`,
    },
  ],
  async open(_file, output) {
    await output.write(Buffer.from("[\n"));
    return { write: recordList(output), close: () => output.write(Buffer.from("\n]\n")) };
  },
};

/** One object with all tables. */
export const datasetJsonFormat: DatasetFormat = {
  ...kind,
  name: "dataset-json",
  scope: "dataset",
  encoder,
  isFeatured: true,
  caption: "All tables in one",
  async open({ name, title, description, licenses }, output) {
    await output.write(Buffer.from(`{\n"dataset": ${JSON.stringify({ name, title, description, licenses })},\n`));
    let isFirst = true;
    let writeRecords = recordList(output);
    return {
      async startTable(plan) {
        await output.write(Buffer.from(`${isFirst ? "" : "\n],\n"}${JSON.stringify(plan.name)}: [\n`));
        isFirst = false;
        writeRecords = recordList(output);
      },
      write: (part) => writeRecords(part),
      close: () => output.write(Buffer.from("\n]\n}\n")),
    };
  },
};
