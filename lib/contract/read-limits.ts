/** How much is read of what others wrote, and how long for: a store, an address, a folder. docs/formats.md#limits lists them. */
const MIB = 1024 * 1024;

/** A page, a key set, `datapackage.json`, a catalogue: one of 100,000 releases has 30 MB. */
export const MAX_DOCUMENT_BYTES = 64 * MIB;

/** `changes.json` quotes every record that changed. It is read as one text, and Node holds none of 512 MB or more. */
export const MAX_CHANGES_BYTES = 256 * MIB;

/** A key, or a list of public keys: each has some 300 bytes. */
export const MAX_KEY_BYTES = MIB;

/** A file that is streamed: no file of a release is near it, and what never ends stops here. */
export const MAX_STREAM_BYTES = 16 * 1024 * MIB;

/** The most that is read into memory of the object at a key. */
export const documentLimit = (key: string): number => (key.endsWith("changes.json") ? MAX_CHANGES_BYTES : MAX_DOCUMENT_BYTES);

/**
 * How long a server may take. One that sends nothing, or a byte now and then, is given up after `windowMs`: a line of 1990
 * brings more than `windowBytes` in that time.
 */
export const TRANSFER = { windowMs: 20_000, windowBytes: 20_000, totalMs: 600_000 };
