import { createServer } from "node:net";
import { onTestFinished } from "vitest";

/** Makes a socket, the special file that Node can make by itself; it goes when the test ends. */
export async function makeSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
}
