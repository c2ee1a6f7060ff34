export const encodeBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Decodes base64url; undefined unless the text is exactly the encoding of its value (RFC 7515, section 2: no padding). */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64url");
  return encodeBase64Url(bytes) === text ? bytes : undefined;
}
