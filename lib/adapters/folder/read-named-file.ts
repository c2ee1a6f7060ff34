import { constants, openSync } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import { TRANSFER } from "../../contract/read-limits.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { tooLarge } from "./too-large-error.ts";

/** Nothing was written to a pipe for too long. */
class SilentPipeError extends Error {
  override name = "SilentPipeError";
}

/** Reads a pipe to its end. No thread blocks in a system call, so that the process can exit regardless of the writer. */
async function readPipe(path: string, maxBytes: number, idleMs: number): Promise<Buffer> {
  // A number, as the socket closes it: the garbage collector would close that of a FileHandle again, when another file may have it.
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

/** Reads a file that the user named: a regular file, a link to one, or a pipe such as `<(…)`. */
export async function readNamedFile(path: string, maxBytes: number, idleMs = TRANSFER.windowMs): Promise<Buffer> {
  return (await stat(path)).isFIFO() ? readPipe(path, maxBytes, idleMs) : readRegularFile(path, maxBytes, { followLinks: true });
}
