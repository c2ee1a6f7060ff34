import type { ChangesHead } from "../release/changes-file.ts";
import { type ReleaseSide, releaseMetadataProperties } from "./release-side.ts";

/** The documents of `now` that differ from those of `old`. */
export function changedDocuments(old: ReleaseSide, now: ReleaseSide): ChangesHead["documents"] {
  const described = releaseMetadataProperties(now.shape.package);
  return {
    ...(JSON.stringify(described) === JSON.stringify(releaseMetadataProperties(old.shape.package)) ? {} : { dataset: described }),
    ...(JSON.stringify(old.shape.schema) === JSON.stringify(now.shape.schema) ? {} : { schema: now.shape.schema }),
    ...(old.license === now.license ? {} : { license: now.license }),
  };
}
