import type { Aliases } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import type { AliasMark } from "../release/alias-entries.ts";
import { catalogueText } from "../release/catalogue.ts";
import { catalogueState } from "../release/catalogue-state.ts";
import { endInMark } from "../render/end-in-mark.ts";
import { siteOf } from "../render/site.ts";
import type { ReplayStore } from "./replay-store.ts";

/** Aliases that are always up to date with the catalogue of a replay, so that publishing renders no pages. */
export function replayAliases(store: ReplayStore): Aliases {
  return {
    etag: async () => "replay",
    async get() {
      const catalogue = store.catalogue();
      const site = await siteOf(store);
      const mark: AliasMark = { states: [catalogueState(catalogue)], catalogue: sha256(catalogueText(catalogue)), pages: site.id };
      return JSON.stringify({ ...mark, ...endInMark(site, catalogue.dataset) });
    },
    async *list() {},
    update: async () => "replay",
  };
}
