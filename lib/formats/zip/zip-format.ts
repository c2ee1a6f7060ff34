import type { ArchiveFormat } from "../format.ts";

/** Documents that describe the tables and their licence. */
const DOCUMENTS = new Set(["schema.json", "README.md", "LICENSE", "CITATION.cff"]);

/** All tables as CSV in one download, with the documents needed to use them offline. */
export const zipFormat: ArchiveFormat = {
  name: "zip",
  extension: "zip",
  mediaType: "application/zip",
  isText: false,
  isCompressedByCdn: false,
  label: "ZIP",
  isForSmallOnly: true,
  isFeatured: true,
  scope: "archive",
  caption: "All tables as CSV, with schema and licence",
  contains: ({ name, format }) => format === "csv" || DOCUMENTS.has(name),
  async write(files, output) {
    // Loaded here, so that only builds load it.
    const { ZipWriter } = await import("./zip-writer.ts");
    const file = new ZipWriter(output);
    for (const { name, read } of files) await file.add(name, read());
    await file.close();
  },
};
