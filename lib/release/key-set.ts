/**
 * `SHA256SUMS.jws`: a detached JWS (RFC 7515, appendix F) over the unencoded bytes of `SHA256SUMS` (`b64: false`, RFC 7797), ES256. One
 * line: `<header>..<signature>`, both base64url.
 */

/** A public key in `jwks.json` (RFC 7517). `kid` is its thumbprint (RFC 7638). */
export interface PublicKey {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  kid: string;
  use: "sig";
  alg: "ES256";
}

export interface KeySet {
  keys: PublicKey[];
}

/** `jwks.json`. Keys are never removed, so that old releases can still be verified. */
export const keySetText = ({ keys }: KeySet): string => `${JSON.stringify({ keys }, null, 1)}\n`;

/** The bytes are not a list of public keys for ES256. */
export class KeySetError extends Error {
  override name = "KeySetError";
}

/** Throws `KeySetError`. */
export function parseKeySet(bytes: Uint8Array): KeySet {
  const invalid = new KeySetError("This is not a list of public keys for ES256 (jwks.json)");
  let set: KeySet | null;
  try {
    set = JSON.parse(Buffer.from(bytes).toString("utf8")) as KeySet | null;
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid;
    throw error;
  }
  const isKey = (key: Partial<PublicKey> & { d?: string }): boolean =>
    key?.kty === "EC" && key.crv === "P-256" && [key.x, key.y, key.kid].every((text) => typeof text === "string") && key.d === undefined;
  if (!Array.isArray(set?.keys) || !set.keys.every(isKey)) throw invalid;
  return set;
}
