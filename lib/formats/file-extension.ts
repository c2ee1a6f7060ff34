/** The part of a name after its last dot, in lower case; empty if there is none. */
export const fileExtension = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
