import type { Catalogue } from "./catalogue.ts";
import { reasonFor } from "./withdrawn-reason.ts";

export const removedReason = (catalogue: Catalogue, version: string): string | undefined => reasonFor(catalogue.removed, version);
