import type { PublicKey } from "../release/key-set.ts";

/** Content of the site does not match its hashes or signatures. */
export class VerificationError extends Error {
  override name = "VerificationError";
}

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const sha256Hex = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hex(await crypto.subtle.digest("SHA-256", bytes));
export const decodeText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const encodeText = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const encodeBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
export const decodeBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** Throws `VerificationError` if the bytes are not a JSON object. */
export function parseJsonObject<T>(bytes: Uint8Array, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) throw new VerificationError(`${what} is not JSON`);
    throw error;
  }
  if (typeof value !== "object" || value === null) throw new VerificationError(`${what} is not a JSON object`);
  return value as T;
}

/** RFC 7638: the id of a key is computed from the key. */
const thumbprint = async ({ crv, kty, x, y }: PublicKey): Promise<string> =>
  encodeBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", encodeText(JSON.stringify({ crv, kty, x, y })))));

/** Whether a key with a correct id made an ES256 signature (RFC 7515). */
export async function isSignedBy(key: PublicKey, input: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
  if ((await thumbprint(key)) !== key.kid) return false;
  try {
    const { kty, crv, x, y } = key;
    const known = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, decodeBase64Url(signature), input);
  } catch (error) {
    // A key that is not a point of the curve, or a signature that is not base64.
    if (error instanceof DOMException) return false;
    throw error;
  }
}
