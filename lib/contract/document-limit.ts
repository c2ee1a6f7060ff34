import { MAX_CHANGES_BYTES, MAX_DOCUMENT_BYTES } from "./read-limits.ts";

/** Maximum bytes read into memory for the object at a key. */
export const documentLimit = (key: string): number => (key.endsWith("changes.json") ? MAX_CHANGES_BYTES : MAX_DOCUMENT_BYTES);
