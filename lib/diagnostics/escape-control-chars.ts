/** Escapes control and direction characters in untrusted text for display, except those in `kept`. */
export const escapeControlChars = (text: string, kept = ""): string =>
  text.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) =>
    kept.includes(c) ? c : `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
