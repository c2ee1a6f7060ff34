import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { stat } from "node:fs/promises";
import { MAX_KEY_FILE_BYTES } from "../../contract/read-limits.ts";
import type { Signer } from "../../ports/ports.ts";
import { type PrivateKey, publicKeyFrom } from "./public-key-from.ts";
import { readNamedFile } from "./read-named-file.ts";

/** Signs with a key file created by `factpress key`. */
export async function fileSigner(path: string): Promise<Signer> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw new Error(`${path} is readable by others. Run: chmod 600 ${path}`);
  const text = (await readNamedFile(path, MAX_KEY_FILE_BYTES)).toString("utf8");
  let jwk: PrivateKey;
  let key: KeyObject;
  try {
    jwk = JSON.parse(text) as PrivateKey;
    key = createPrivateKey({ key: jwk as never, format: "jwk" });
    if (jwk.crv !== "P-256") throw new Error("another curve");
  } catch (error) {
    // JSON.parse and createPrivateKey throw errors of many types.
    throw new Error(`${path} is not a key for ES256. Make one: factpress key FILE`, { cause: error });
  }
  return {
    publicKey: await publicKeyFrom(jwk),
    sign: async (bytes) => sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }),
  };
}
