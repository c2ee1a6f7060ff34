import { sha256 } from "../ports/sha256.ts";
import type { Mark } from "../release/alias-entries.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { parseStoredJson } from "./parse-stored-json.ts";
import type { RenderedSite } from "./site.ts";

/** The mark; undefined if it is missing or damaged: then everything is written again. */
export const parseMark = (text: string | undefined): Mark | undefined => {
  const mark = text === undefined ? undefined : (parseStoredJson(text) as Mark | undefined);
  return Array.isArray(mark?.states) && mark.states.length > 0 ? mark : undefined;
};

/** Whether pages and aliases are made from this catalogue by this renderer. */
export const isCurrentMark = (mark: Mark | undefined, catalogue: Catalogue, site: RenderedSite): boolean =>
  mark?.states.length === 1 && mark.catalogue === sha256(catalogueText(catalogue)) && isMarkRenderedHere(mark, site);

export const isMarkRenderedHere = (mark: Mark | undefined, site: RenderedSite): boolean => mark?.pages === site.id;
