/** The part of a name after its last dot, in small letters; empty where it has none. */
export const fileExtension = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
