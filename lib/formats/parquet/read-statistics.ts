import { DamagedFormatError } from "../damaged-format-error.ts";
import type { FileStatistics, UnfinishedFile } from "../format.ts";
import { readFooter, readFooterLength, TAIL_BYTES } from "./read-footer.ts";
import { ThriftError } from "./read-thrift.ts";

/** Bytes that are first read from the end of a file, enough for most footers. */
const FOOTER_BYTES = 64 * 1024;

/** Reads the footer of a Parquet file. Throws `DamagedFormatError`. */
export async function readStatistics({ bytes, slice }: Pick<UnfinishedFile, "bytes" | "slice">): Promise<FileStatistics> {
  const tail = Buffer.from(await slice(Math.max(0, bytes - FOOTER_BYTES), bytes));
  const length = readFooterLength(tail);
  if (length === undefined || length + TAIL_BYTES > bytes) throw new DamagedFormatError("is not a Parquet file");
  const end = bytes - TAIL_BYTES;
  const isWhole = length + TAIL_BYTES <= tail.length;
  const footer = isWhole ? tail.subarray(-(length + TAIL_BYTES), -TAIL_BYTES) : Buffer.from(await slice(end - length, end));
  try {
    return readFooter(footer);
  } catch (error) {
    if (error instanceof ThriftError) throw new DamagedFormatError(`has a damaged footer: ${error.message}`, { cause: error });
    throw error;
  }
}
