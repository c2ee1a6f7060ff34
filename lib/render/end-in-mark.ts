import { sha256 } from "../ports/sha256.ts";
import type { AliasMark } from "../release/alias-entries.ts";
import { findDatasetEnd } from "../release/dataset-end.ts";
import type { RenderedSite } from "./site.ts";

/** The property of a mark for the end of a dataset. */
export function endInMark(site: RenderedSite, dataset: string): Pick<AliasMark, "ended"> {
  const end = findDatasetEnd(site.ended, dataset);
  return end ? { ended: sha256(JSON.stringify(end)).slice(0, 16) } : {};
}
