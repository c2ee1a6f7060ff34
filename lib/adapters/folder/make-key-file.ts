import { generateKeyPair } from "node:crypto";
import { chmod, open } from "node:fs/promises";
import { promisify } from "node:util";
import type { PublicKey } from "../../release/key-set.ts";
import { type PrivateKey, publicKeyFrom } from "./public-key-from.ts";

/** Creates a key file that only its owner can read. Fails if the file exists. */
export async function makeKeyFile(path: string): Promise<PublicKey> {
  const { privateKey } = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
  const jwk = privateKey.export({ format: "jwk" }) as PrivateKey;
  const file = await open(path, "wx", 0o600);
  await file.writeFile(`${JSON.stringify(jwk, null, 1)}\n`);
  await file.close();
  await chmod(path, 0o600);
  return publicKeyFrom(jwk);
}
