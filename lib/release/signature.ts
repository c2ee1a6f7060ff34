/**
 * `SHA256SUMS.jws`: a detached JWS (RFC 7515, appendix F) over the bytes of `SHA256SUMS` as they are (`b64: false`,
 * RFC 7797), ES256. One line: `<header>..<signature>`, both base64url.
 */

/** A public key as it stands in `jwks.json` (RFC 7517). `kid` is its thumbprint (RFC 7638). */
export interface PublicKey {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  kid: string;
  use: "sig";
  alg: "ES256";
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

const headerOf = (kid: string): string => base64url(Buffer.from(JSON.stringify({ alg: "ES256", kid, b64: false, crit: ["b64"] })));

/** What is signed. */
export const signingInput = (kid: string, manifest: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(`${headerOf(kid)}.`), manifest]);

export const detachedJws = (kid: string, signature: Uint8Array): string => `${headerOf(kid)}..${base64url(signature)}\n`;

export interface KeySet {
  keys: PublicKey[];
}

/** `jwks.json`: keys are only ever added, so that old releases still verify. */
export const keySetText = ({ keys }: KeySet): string => `${JSON.stringify({ keys }, null, 1)}\n`;
/** Throws where the bytes are no list of public keys for ES256. */
export function parseKeySet(bytes: Uint8Array): KeySet {
  const set = JSON.parse(Buffer.from(bytes).toString("utf8")) as KeySet | null;
  const isKey = (key: Partial<PublicKey> & { d?: string }): boolean =>
    key?.kty === "EC" && key.crv === "P-256" && [key.x, key.y, key.kid].every((text) => typeof text === "string") && key.d === undefined;
  if (!Array.isArray(set?.keys) || !set.keys.every(isKey)) throw new Error("This is no list of public keys (jwks.json)");
  return set;
}
