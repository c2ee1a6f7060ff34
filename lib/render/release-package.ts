import { PACKAGE_FILE } from "../contract/release-files.ts";
import type { PublishedMetadata } from "../dataset/metadata.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import type { RecordsPolicy } from "../release/difference.ts";

/** The part of `datapackage.json` that pages show. */
export interface ReleasePackage extends PublishedMetadata {
  created?: string;
  commit?: string | null;
  records?: RecordsPolicy;
  layout?: number;
  resources: { path: string; title?: string; bytes: number; hash: string; schema?: { fields: { name: string; type: string }[] } }[];
}

/** Reads `datapackage.json` of a release, and returns its bytes as well. Throws if it is missing or damaged. */
export async function readReleasePackage(folder: ReleaseFolder): Promise<ReleasePackage & { fileBytes: Uint8Array }> {
  const fileBytes = await folder.bytes(PACKAGE_FILE);
  if (!fileBytes) throw new Error("datapackage.json of a release is missing");
  return { ...readStoredPackage<ReleasePackage>("datapackage.json of a release", fileBytes), fileBytes };
}
