/** Limits on reading untrusted stores, addresses and folders (docs/formats.md#limits). */
const MIB = 1024 * 1024;

/** A page, a key set, `datapackage.json`, a catalogue: one of 100,000 releases has 30 MB. */
export const MAX_DOCUMENT_BYTES = 64 * MIB;

/** `changes.json` quotes every record that changed. It is read as one string, and Node's strings are below 512 MB. */
export const MAX_CHANGES_BYTES = 256 * MIB;

/** A key, or a list of public keys: each has some 300 bytes. */
export const MAX_KEY_BYTES = MIB;

/** A file that is streamed: far above any file of a release, but finite. */
export const MAX_STREAM_BYTES = 16 * 1024 * MIB;

/** Maximum of one dataset of a commit that a function reads. */
export const FUNCTION_LIMITS = { files: 5_000, fileBytes: 50 * MIB, totalBytes: 400 * MIB, depth: 4 };

/** Maximum of one that a build publishes or checks: files as for the command line, and a file that one PutObject (5 GB) takes. */
export const BUILD_LIMITS = { files: 20_000, fileBytes: 100 * MIB, totalBytes: 4 * 1024 * MIB, depth: 7 };

/**
 * Time limits of a transfer. A server that sends less than `windowBytes` in `windowMs` is given up; a modem is faster.
 */
export const TRANSFER = { windowMs: 20_000, windowBytes: 20_000, totalMs: 600_000 };
