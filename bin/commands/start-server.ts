import type { Server } from "node:http";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";
import { UsageError } from "../usage-error.ts";

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => done((server.address() as { port: number }).port));
  });
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
