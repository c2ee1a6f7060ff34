import { keyAnchor } from "./key-anchor.ts";
import { type Keyed, recordKey } from "./record-key.ts";

/** The anchor of a record. */
export const recordAnchor = (keyed: Keyed, record: Readonly<Record<string, unknown>>): string => keyAnchor(keyed, recordKey(keyed, record));
