import { MAX_CHANGES_BYTES, MAX_DOCUMENT_BYTES } from "./read-limits.ts";
import { CHANGES_FILE } from "./release-files.ts";

/** Maximum bytes read into memory for the object at a key. */
export const documentLimit = (key: string): number => (key.endsWith(CHANGES_FILE) ? MAX_CHANGES_BYTES : MAX_DOCUMENT_BYTES);
