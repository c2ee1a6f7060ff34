import type { ReleaseFolder } from "../ports/ports.ts";
import type { Hashed } from "../release/manifest-text.ts";

export interface ReleaseFiles {
  folder: ReleaseFolder;
  /** Path of the release within the store, with a slash at the end; empty for a single folder. */
  at: string;
  /** Set if the release was removed: its files, except for those that are kept, may be tombstones with one of these reasons. */
  removal?: { version: string; reasons: readonly string[] };
}

export interface ReleaseContents {
  /** The bytes of SHA256SUMS. */
  manifest: Uint8Array;
  files: Hashed[];
  /** The content of datapackage.json. */
  about: Record<string, unknown>;
}
