import type { Catalogue } from "../../release/catalogue.ts";
import { removedReason } from "../../release/removed-reason.ts";
import { withdrawnReason } from "../../release/withdrawn-reason.ts";

/** The suffix of the name of a version. */
export const versionState = (catalogue: Catalogue, version: string): string =>
  removedReason(catalogue, version) !== undefined ? " (removed)" : withdrawnReason(catalogue, version) !== undefined ? " (withdrawn)" : "";
