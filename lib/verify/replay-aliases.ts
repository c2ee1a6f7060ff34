import type { Aliases } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { catalogueText } from "../release/catalogue.ts";
import { catalogueState } from "../release/catalogue-state.ts";
import { siteOf } from "../render/site.ts";
import type { ReplayStore } from "./replay-store.ts";

/** Aliases that always match the catalogue of a replay, so that publishing there renders no pages. */
export function replayAliases(store: ReplayStore): Aliases {
  return {
    etag: async () => "replay",
    async get() {
      const catalogue = store.catalogue();
      const { id } = await siteOf(store);
      return JSON.stringify({ states: [catalogueState(catalogue)], catalogue: sha256(catalogueText(catalogue)), pages: id });
    },
    async *list() {},
    update: async () => "replay",
  };
}
