import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import type { DatasetHead, SignedHead } from "../release/signed-head.ts";
import type { Verified } from "./nothing-verified.ts";
import { verifyContinues } from "./verify-continues.ts";

const NOTHING: DatasetHead = { releases: 0, withdrawn: 0, removed: 0, catalogue: "" };

/** Whether a catalogue has unsigned statements that the head does not cover: withdrawals, removals or breaks. */
function hasUnsignedStatements(head: DatasetHead, { releases, withdrawn, removed }: Catalogue): boolean {
  const later = releases.slice(0, releases.length - head.releases);
  return withdrawn.length > head.withdrawn || removed.length > head.removed || later.some((entry) => entry.break);
}

/**
 * Compares a catalogue with the signed head of its store. Releases newer than the head have signatures of their own, but their statements
 * in the catalogue are unsigned. Returns whether the head covers the whole catalogue.
 */
export function verifyAgainstHead(head: SignedHead, catalogue: Catalogue, result: Verified): boolean {
  const { dataset } = catalogue;
  result.head = { issued: head.issued, expires: head.expires };
  const named = head.datasets[dataset] ?? {
    ...NOTHING,
    catalogue: sha256(catalogueText({ ...catalogue, releases: [], withdrawn: [], removed: [] })),
  };
  const isCovered = verifyContinues(dataset, "the signed head", named, catalogue) === "same";
  if (!isCovered && hasUnsignedStatements(named, catalogue))
    result.uncompared.push(
      "releases.json has withdrawals, removals or marks of rewritten history that the signed head does not cover. The publisher signs last: try again in a minute.",
    );
  return isCovered;
}

/** Throws if a catalogue does not extend the state in a head from an earlier run. */
export function verifyAgainstKept(kept: SignedHead, dataset: string, catalogue: Catalogue | undefined, what: string): void {
  const named = kept.datasets[dataset];
  if (named) verifyContinues(dataset, what, named, catalogue);
}
