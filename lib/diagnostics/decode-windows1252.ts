/** The characters of bytes 0x80 to 0x9F in Windows-1252; a space marks an unassigned byte. */
export const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** Decodes Windows-1252. (Node 20's TextDecoder decodes Latin-1 under this name.) */
export const decodeWindows1252 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => {
    const c = byte < 0x80 || byte > 0x9f ? undefined : WINDOWS_1252[byte - 0x80];
    return c === undefined || c === " " ? String.fromCharCode(byte) : c;
  }).join("");
