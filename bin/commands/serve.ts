import { existsSync, statSync } from "node:fs";
import { out } from "../out.ts";
import { pathToWrite } from "../path-to-write.ts";
import { shellWord } from "../shell-word.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { UsageError } from "../usage-error.ts";
import { openEdgeServer } from "./open-edge-server.ts";
import { parseServerPort } from "./parse-server-port.ts";
import { closeServer, startServer } from "./start-server.ts";

export async function serve(options: { store: string; port: string; previews?: boolean }): Promise<number> {
  const store = await pathToWrite(options.store);
  if (!existsSync(store))
    throw new UsageError(`There is no store at ${options.store}. Publish first: factpress publish --store ${shellWord(options.store)}`);
  if (!statSync(store).isDirectory()) throw new UsageError(`${options.store} is a file, but a store is a folder`);
  const server = openEdgeServer(store, options.previews === true);
  const port = await startServer(server, parseServerPort(options.port), 0);
  out(`http://127.0.0.1:${port}/  (press Ctrl-C to stop)`);
  await untilInterrupted();
  await closeServer(server);
  return 0;
}
