/** The least that a manifest says of a file. */
export interface Hashed {
  name: string;
  sha256: string;
}

/** `SHA256SUMS` as `sha256sum -c` reads it: every file but itself, by name. */
export const manifestText = (files: readonly Hashed[]): string =>
  [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join("");
