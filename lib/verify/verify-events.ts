import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { Catalogue, CatalogueEvent } from "../release/catalogue.ts";
import { VerificationError } from "./verification-error.ts";

export type Events = Pick<Catalogue, "withdrawn" | "removed">;

/** Throws unless the withdrawals and removals are the expected ones, in order. `isBehind`: later ones may be missing. */
export function verifyEvents(dataset: string, actual: Events, expected: Events, isBehind = false): void {
  for (const list of ["withdrawn", "removed"] as const) {
    const [found, wanted] = [texts(actual[list]), texts(expected[list])];
    const i = found.findIndex((event, at) => event !== wanted[at]);
    const where = catalogueObjectKey(dataset);
    if (i >= 0) throw new VerificationError(where, `has an event under "${list}" for ${actual[list][i]?.version} that no commit has`);
    const missing = isBehind ? undefined : expected[list][found.length];
    if (missing) throw new VerificationError(where, `lacks an event under "${list}" for ${missing.version} that a commit has`);
  }
}

const texts = (events: readonly CatalogueEvent[]): string[] => events.map((event) => JSON.stringify(event));
