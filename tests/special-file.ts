import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** On macOS; Linux allows 107. Node truncates longer addresses without an error. */
const MAX_ADDRESS_BYTES = 103;

/** Makes a socket, the only special file that Node can create; it is deleted when the test ends. */
export async function makeSocket(path: string): Promise<void> {
  // A link shortens the address.
  const short = await mkdtemp(join(tmpdir(), "s"));
  await symlink(dirname(path), join(short, "f"));
  const address = join(short, "f", basename(path));
  if (Buffer.byteLength(address) > MAX_ADDRESS_BYTES) throw new Error(`Too long for a socket, use a shorter TMPDIR: ${address}`);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, resolve);
  });
  onTestFinished(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await rm(short, { recursive: true });
  });
}
