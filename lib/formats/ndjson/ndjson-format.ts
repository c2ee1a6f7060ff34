import type { TableFormat } from "../format.ts";

export const ndjsonFormat: TableFormat = {
  name: "ndjson",
  extension: "ndjson",
  mediaType: "application/x-ndjson",
  isText: true,
  isCompressedByCdn: false,
  label: "NDJSON",
  scope: "table",
  isRequired: true,
  encoder: { name: "ndjson", load: () => import("./encoder.ts") },
  caption: (_file, [one]) => `One JSON object per line, one per ${one}`,
  open: async (_file, output) => ({
    async write({ chunks }) {
      for (const chunk of chunks) await output.write(chunk);
    },
    close: async () => {},
  }),
};
