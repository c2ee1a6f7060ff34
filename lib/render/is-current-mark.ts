import { sha256 } from "../ports/sha256.ts";
import type { AliasMark } from "../release/alias-entries.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { endInMark } from "./end-in-mark.ts";
import type { RenderedSite } from "./site.ts";

/** Whether pages and aliases are up to date with this catalogue and renderer. */
export const isCurrentMark = (mark: AliasMark | undefined, catalogue: Catalogue, site: RenderedSite): boolean =>
  mark?.states.length === 1 &&
  mark.catalogue === sha256(catalogueText(catalogue)) &&
  mark.ended === endInMark(site, catalogue.dataset).ended &&
  isMarkOfRenderer(mark, site);

/** Whether the renderer of this site made the pages. */
export const isMarkOfRenderer = (mark: AliasMark | undefined, site: RenderedSite): boolean => mark?.pages === site.id;
