import { existsSync } from "node:fs";
import { out } from "../out.ts";
import { placeToWrite } from "../place-to-write.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import { close, edge, open, portOf, untilInterrupted } from "./start.ts";

export async function serve(options: { store: string; port: string; previews?: boolean }): Promise<number> {
  const store = await placeToWrite(options.store);
  if (!existsSync(store))
    throw new UsageError(`There is no store at ${options.store}. Publish first: factpress publish --store ${shellWord(options.store)}`);
  const server = edge(store, options.previews === true);
  const port = await open(server, portOf(options.port), 0);
  out(`http://127.0.0.1:${port}/  (Ctrl-C ends it)`);
  await untilInterrupted();
  await close(server);
  return 0;
}
