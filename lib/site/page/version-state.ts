import type { Catalogue } from "../../release/catalogue.ts";
import { removedReason, withdrawnReason } from "../../release/withdrawn-reason.ts";

/** What the name of a version is followed by. */
export const versionState = (catalogue: Catalogue, version: string): string =>
  removedReason(catalogue, version) !== undefined ? " (removed)" : withdrawnReason(catalogue, version) !== undefined ? " (withdrawn)" : "";
