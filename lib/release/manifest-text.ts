/** A file in a manifest. */
export interface Hashed {
  name: string;
  sha256: string;
}

/** Text of `SHA256SUMS` in the form that `sha256sum -c` reads, sorted by name. */
export const manifestText = (files: readonly Hashed[]): string =>
  [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join("");

/** File names have no slash, leading dot or control character. */
const LINE = /^([0-9a-f]{64}) {2}((?!\.)[^/\\\p{C}]+)$/u;

/** Parses a manifest; undefined if it is malformed or lists a file twice. */
export function parseManifestText(bytes: Uint8Array): Hashed[] | undefined {
  const lines = Buffer.from(bytes).toString("utf8").split("\n");
  if (lines.pop() !== "" || lines.length === 0) return undefined;
  const files = lines.map((line) => LINE.exec(line)).map((found) => found && { sha256: found[1] as string, name: found[2] as string });
  const named = files.filter((file) => file !== null);
  return named.length === lines.length && new Set(named.map(({ name }) => name)).size === lines.length ? named : undefined;
}
