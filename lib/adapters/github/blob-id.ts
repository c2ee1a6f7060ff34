import { createHash } from "node:crypto";

/** The git object id of a file. */
export const blobId = (bytes: Uint8Array): string => createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
