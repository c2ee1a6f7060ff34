/**
 * `SHA256SUMS.jws`: a detached JWS (RFC 7515, appendix F) over the bytes of `SHA256SUMS` as they are (`b64: false`,
 * RFC 7797), ES256. One line: `<header>..<signature>`, both base64url.
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

export const encodeBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Decodes base64url; undefined where the text is not exactly what encoding gives (RFC 7515, section 2: no padding). */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64url");
  return encodeBase64Url(bytes) === text ? bytes : undefined;
}

/** The only header that is accepted for a key. */
const headerOf = (kid: string): string => encodeBase64Url(Buffer.from(JSON.stringify({ alg: "ES256", kid, b64: false, crit: ["b64"] })));

/** What is signed. */
export const signingInput = (kid: string, manifest: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(`${headerOf(kid)}.`), manifest]);

export const detachedJws = (kid: string, signature: Uint8Array): string => `${headerOf(kid)}..${encodeBase64Url(signature)}\n`;

/** The parts of a detached JWS, as `detachedJws` writes it; undefined where the bytes are anything else. */
export function parseDetachedJws(bytes: Uint8Array): { kid: string; signature: Uint8Array } | undefined {
  const [, header = "", encoded = ""] = /^([\w-]+)\.\.([\w-]+)\n$/.exec(Buffer.from(bytes).toString("utf8")) ?? [];
  const kid = kidOf(header);
  const signature = decodeBase64Url(encoded);
  return kid !== undefined && signature && headerOf(kid) === header ? { kid, signature } : undefined;
}

/** The key that a protected header names; undefined where it names none. */
export function kidOf(header: string): string | undefined {
  try {
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as { kid?: unknown };
    return typeof kid === "string" ? kid : undefined;
  } catch (error) {
    // Not JSON, or `null`.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

export interface KeySet {
  keys: PublicKey[];
}

/** `jwks.json`: keys are only ever added, so that old releases still verify. */
export const keySetText = ({ keys }: KeySet): string => `${JSON.stringify({ keys }, null, 1)}\n`;
/** The bytes are not a list of public keys for ES256. */
export class KeySetError extends Error {
  override name = "KeySetError";
}

/** Throws `KeySetError`. */
export function parseKeySet(bytes: Uint8Array): KeySet {
  const fault = new KeySetError("This is not a list of public keys for ES256 (jwks.json)");
  let set: KeySet | null;
  try {
    set = JSON.parse(Buffer.from(bytes).toString("utf8")) as KeySet | null;
  } catch (error) {
    if (error instanceof SyntaxError) throw fault;
    throw error;
  }
  const isKey = (key: Partial<PublicKey> & { d?: string }): boolean =>
    key?.kty === "EC" && key.crv === "P-256" && [key.x, key.y, key.kid].every((text) => typeof text === "string") && key.d === undefined;
  if (!Array.isArray(set?.keys) || !set.keys.every(isKey)) throw fault;
  return set;
}
