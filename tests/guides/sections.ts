import type { DatasetFormat } from "../../lib/formats/format.ts";
import { ndjsonFormat } from "../../lib/formats/ndjson/ndjson-format.ts";

/** All tables in one text: a heading for each table, then its records, one a line. It uses the encoder of NDJSON. */
export const sections: DatasetFormat = {
  name: "sections",
  extension: "sections",
  mediaType: "text/vnd.example.sections",
  isText: true,
  isCompressedByCdn: true,
  label: "Sections",
  isFeatured: true,
  scope: "dataset",
  encoder: ndjsonFormat.encoder,
  caption: "All tables in one text",
  resource: { title: "All tables" },
  open: async (_dataset, output) => ({
    startTable: ({ name }) => output.write(Buffer.from(`# ${name}\n`)),
    async write({ chunks }) {
      for (const chunk of chunks) await output.write(chunk);
    },
    close: async () => {},
  }),
};
