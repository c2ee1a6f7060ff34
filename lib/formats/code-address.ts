/** Escapes a URL for code: no shell or language interprets any of its characters. */
export const codeAddress = (url: string): string => url.replace(/["'\\\s$`]/g, (c) => (c === "'" ? "%27" : encodeURIComponent(c)));
