import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { plural } from "../contract/plural.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { compareWithSignedHead, type DatasetHead } from "../release/signed-head.ts";
import { VerificationError } from "./verification-error.ts";

const older = (dataset: string, what: string, releases: number, catalogue: Catalogue | undefined): VerificationError =>
  new VerificationError(
    catalogueObjectKey(dataset),
    `${catalogue ? `lists ${plural(catalogue.releases.length, "release")}` : "is missing"}, but ${what} lists ${releases}: a release was dropped, or this is an old copy`,
  );

const different = (dataset: string, what: string): VerificationError =>
  new VerificationError(catalogueObjectKey(dataset), `is not a later state of the catalogue in ${what}: it was rewritten`);

/** Throws if a catalogue does not extend the state in a head. */
export function verifyContinues(dataset: string, what: string, head: DatasetHead, catalogue: Catalogue | undefined): "same" | "extended" {
  if (!catalogue) throw older(dataset, what, head.releases, undefined);
  const compared = compareWithSignedHead(head, catalogue, sha256);
  if (compared === "older") throw older(dataset, what, head.releases, catalogue);
  if (compared === "different") throw different(dataset, what);
  return compared;
}
