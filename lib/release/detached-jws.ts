import { decodeBase64Url, encodeBase64Url } from "./encode-base64-url.ts";

/** The only header that is accepted for a key. */
const headerOf = (kid: string): string => encodeBase64Url(Buffer.from(JSON.stringify({ alg: "ES256", kid, b64: false, crit: ["b64"] })));

/** The bytes to sign. */
export const jwsSigningInput = (kid: string, manifest: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${headerOf(kid)}.`), manifest]);

export const detachedJws = (kid: string, signature: Uint8Array): string => `${headerOf(kid)}..${encodeBase64Url(signature)}\n`;

/** Parses a detached JWS as written by `detachedJws`; undefined for any other bytes. */
export function parseDetachedJws(bytes: Uint8Array): { kid: string; signature: Uint8Array } | undefined {
  const [, header = "", encoded = ""] = /^([\w-]+)\.\.([\w-]+)\n$/.exec(Buffer.from(bytes).toString("utf8")) ?? [];
  const kid = jwsKeyId(header);
  const signature = decodeBase64Url(encoded);
  return kid !== undefined && signature && headerOf(kid) === header ? { kid, signature } : undefined;
}

/** The key id in a protected header; undefined if it has none. */
export function jwsKeyId(header: string): string | undefined {
  try {
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as { kid?: unknown };
    return typeof kid === "string" ? kid : undefined;
  } catch (error) {
    // Not JSON, or `null`.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
