import type { ArchiveFormat, FinishedFile } from "../../lib/formats/format.ts";

const BLOCK = 512;
const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;

/** The header of a file in a POSIX archive (IEEE Std 1003.1, pax, ustar interchange format): the same owner and time for all. */
function header({ name, bytes }: Pick<FinishedFile, "name" | "bytes">): Buffer {
  const block = Buffer.alloc(BLOCK);
  const fields: [offset: number, text: string][] = [
    [0, name],
    [100, octal(0o644, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(bytes, 12)],
    [136, octal(0, 12)],
    [148, " ".repeat(8)],
    [156, "0"],
    [257, "ustar\0"],
    [263, "00"],
  ];
  for (const [offset, text] of fields) block.write(text, offset);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

/** The CSV files and the schema in one archive. */
export const tar: ArchiveFormat = {
  name: "tar",
  extension: "tar",
  mediaType: "application/x-tar",
  isText: false,
  isCompressedByCdn: false,
  label: "Archive",
  isFeatured: true,
  scope: "archive",
  caption: "The CSV files and their schema in one archive",
  contains: ({ name, format }) => format === "csv" || name === "schema.json",
  async write(files, output) {
    for (const file of files) {
      await output.write(header(file));
      for await (const chunk of file.read()) await output.write(chunk);
      await output.write(Buffer.alloc((BLOCK - (file.bytes % BLOCK)) % BLOCK));
    }
    await output.write(Buffer.alloc(2 * BLOCK));
  },
};
