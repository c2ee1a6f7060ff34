/** An address in a program: there is nothing in it that a shell, or any of the languages, reads otherwise. */
export const codeAddress = (url: string): string => url.replace(/["'\\\s$`]/g, (c) => (c === "'" ? "%27" : encodeURIComponent(c)));
