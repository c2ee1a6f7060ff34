import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { directoryStore } from "../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../lib/adapters/folder/file-aliases.ts";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { edgeServer } from "../../lib/edge/edge-server.ts";
import { out } from "../out.ts";
import { placeToWrite } from "../place-to-write.ts";
import { shellWord } from "../shell-word.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { UsageError } from "../usage-error.ts";

export async function serve(options: { store: string; port: string; previews?: boolean }): Promise<number> {
  const store = await placeToWrite(options.store);
  if (!existsSync(store))
    throw new UsageError(`There is no store at ${options.store}. Publish first: factpress publish --store ${shellWord(options.store)}`);
  const server = openEdgeServer(store, options.previews === true);
  const port = await startServer(server, parseServerPort(options.port), 0);
  out(`http://127.0.0.1:${port}/  (Ctrl-C ends it)`);
  await untilInterrupted();
  await closeServer(server);
  return 0;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => done((server.address() as { port: number }).port));
  });
}

export const openEdgeServer = (store: string, withPreviews: boolean): Server =>
  edgeServer({ root: store, aliases: fileAliases(directoryStore(store)), previews: withPreviews });

export function parseServerPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`--port is a number from 0 to 65535, not "${text}"`);
  return port;
}

export async function startServer(server: Server, wanted: number, tries: number): Promise<number> {
  for (let port = wanted; ; port += 1) {
    try {
      return await listen(server, port);
    } catch (error) {
      if (!hasErrorCode(error, "EADDRINUSE")) throw error;
      if (port - wanted >= tries) throw new UsageError(`Port ${wanted} is taken. Name another: --port ${wanted + 1}`);
    }
  }
}

export const closeServer = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
