import { SCHEMA_FILE } from "../../contract/dataset-files.ts";
import { CITATION_FILE, LICENSE_FILE, README_FILE } from "../../contract/release-files.ts";
import type { ArchiveFormat } from "../format.ts";

/** Documents that describe the tables and their licence. */
const DOCUMENTS = new Set([SCHEMA_FILE, README_FILE, LICENSE_FILE, CITATION_FILE]);

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
