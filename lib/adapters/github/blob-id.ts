import { createHash } from "node:crypto";

/** Id of a file's bytes in git. */
export const blobId = (bytes: Uint8Array): string => createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
