import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { FileWriter } from "../../ports/ports.ts";
import { openNewFile } from "./open-new-file.ts";

/** Smaller pieces are buffered until they reach this size. */
const COLLECTED_BYTES = 128 * 1024;

/** The pieces after their first `bytes` bytes. */
function withoutFirst(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let rest = bytes;
  return pieces.flatMap((piece) => {
    const left = piece.subarray(Math.min(rest, piece.length));
    rest -= piece.length - left.length;
    return left.length > 0 ? [left] : [];
  });
}

async function writePieces(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  for (let rest = withoutFirst(pieces, 0); rest.length > 0; ) rest = withoutFirst(rest, (await file.writev(rest)).bytesWritten);
}

/** Creates a file that is hashed as it is written. */
export async function hashedFile(path: string, name: string): Promise<FileWriter> {
  const file = await openNewFile(path);
  const hash = createHash("sha256");
  const collected = Buffer.allocUnsafe(COLLECTED_BYTES);
  let length = 0;
  let bytes = 0;
  /** Writes the buffered pieces, then `piece`. */
  const flush = async (piece: Uint8Array): Promise<void> => {
    const written = writePieces(file, [collected.subarray(0, length), piece]);
    length = 0;
    // Hashed while the write runs in another thread.
    hash.update(piece);
    await written;
  };
  return {
    async write(piece) {
      bytes += piece.length;
      if (length + piece.length >= COLLECTED_BYTES) {
        await flush(piece);
        return;
      }
      collected.set(piece, length);
      length += piece.length;
      hash.update(piece);
    },
    async close() {
      await flush(new Uint8Array(0)).finally(() => file.close());
      return { name, bytes, sha256: hash.digest("hex") };
    },
  };
}
