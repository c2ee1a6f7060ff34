import { constants, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import { TRANSFER } from "../../contract/read-limits.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { tooLarge } from "./too-large-error.ts";

/** No data was written to a pipe for too long. */
class SilentPipeError extends Error {
  override name = "SilentPipeError";
}

/** Reads a pipe to its end. No thread blocks in a system call, so the process can exit whatever the writer does. */
async function readPipe(path: string, maxBytes: number, idleMs: number): Promise<Buffer> {
  // A raw descriptor, because the socket closes it. A FileHandle would be closed again on garbage collection, when another file may have
  // the same number.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.setTimeout(idleMs, () =>
    socket.destroy(new SilentPipeError(`${path} is a pipe to which nothing was written for ${idleMs / 1000} s`)),
  );
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(path, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a file named by the user: a regular file, a link to one, or a pipe such as `<(…)`. */
export async function readNamedFile(path: string, maxBytes: number, idleMs = TRANSFER.windowMs): Promise<Buffer> {
  return (await stat(path)).isFIFO() ? readPipe(path, maxBytes, idleMs) : readRegularFile(path, maxBytes, { followLinks: true });
}
