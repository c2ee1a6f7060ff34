import { sha256 } from "../ports/sha256.ts";
import type { AliasMark } from "../release/alias-entries.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { findDatasetEnd } from "../release/dataset-end.ts";
import { parseStoredJson } from "./parse-stored-json.ts";
import type { RenderedSite } from "./site.ts";

/** Parses the mark; undefined if it is missing or damaged: then everything is written again. */
export const parseMark = (text: string | undefined): AliasMark | undefined => {
  const mark = text === undefined ? undefined : (parseStoredJson(text) as AliasMark | undefined);
  return Array.isArray(mark?.states) && mark.states.length > 0 ? mark : undefined;
};

/** The property of a mark for the end of a dataset. */
export function endInMark(site: RenderedSite, dataset: string): Pick<AliasMark, "ended"> {
  const end = findDatasetEnd(site.ended, dataset);
  return end ? { ended: sha256(JSON.stringify(end)).slice(0, 16) } : {};
}

/** Whether this renderer made pages and aliases from this catalogue. */
export const isCurrentMark = (mark: AliasMark | undefined, catalogue: Catalogue, site: RenderedSite): boolean =>
  mark?.states.length === 1 &&
  mark.catalogue === sha256(catalogueText(catalogue)) &&
  mark.ended === endInMark(site, catalogue.dataset).ended &&
  isMarkRenderedHere(mark, site);

export const isMarkRenderedHere = (mark: AliasMark | undefined, site: RenderedSite): boolean => mark?.pages === site.id;
