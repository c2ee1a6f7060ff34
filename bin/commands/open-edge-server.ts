import type { Server } from "node:http";
import { directoryStore } from "../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../lib/adapters/folder/file-aliases.ts";
import { edgeServer } from "../../lib/edge/edge-server.ts";

export const openEdgeServer = (store: string, withPreviews: boolean): Server =>
  edgeServer({ root: store, aliases: fileAliases(directoryStore(store)), previews: withPreviews });
