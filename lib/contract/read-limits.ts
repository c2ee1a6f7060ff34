/** Limits on reading untrusted stores, addresses and folders (docs/formats.md#limits). */
const MIB = 1024 * 1024;

/** For a page, key set, `datapackage.json` or catalogue. A catalogue of 100,000 releases has 30 MB. */
export const MAX_DOCUMENT_BYTES = 64 * MIB;

/** `changes.json` quotes every changed record. It is read as one string, and Node limits strings to 512 MB. */
export const MAX_CHANGES_BYTES = 256 * MIB;

/** For a key or a list of public keys, about 300 bytes each. */
export const MAX_KEY_FILE_BYTES = MIB;

/** For a streamed file: far above any file of a release, but finite. */
export const MAX_STREAM_BYTES = 16 * 1024 * MIB;

/** Limits of a dataset that a Lambda function reads from a commit. */
export const FUNCTION_LIMITS = { files: 5_000, fileBytes: 50 * MIB, totalBytes: 400 * MIB, depth: 4 };

/** Limits of a dataset that a build publishes or checks. A release's file stays below the 5 GB of one PutObject. */
export const BUILD_LIMITS = { files: 20_000, fileBytes: 100 * MIB, totalBytes: 4 * 1024 * MIB, depth: 7 };

/** Time limits of a transfer. It is aborted if the server sends less than `windowBytes` in `windowMs`, slower than a modem. */
export const TRANSFER = { windowMs: 20_000, windowBytes: 20_000, totalMs: 600_000 };
