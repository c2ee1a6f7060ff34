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

/** A file name is no path, is not hidden, and holds no control character. */
const LINE = /^([0-9a-f]{64}) {2}((?!\.)[^/\\\p{C}]+)$/u;

/** What a manifest names; undefined where it is none, or names a file twice. */
export function parseManifest(bytes: Uint8Array): Hashed[] | undefined {
  const lines = Buffer.from(bytes).toString("utf8").split("\n");
  if (lines.pop() !== "" || lines.length === 0) return undefined;
  const files = lines.map((line) => LINE.exec(line)).map((found) => found && { sha256: found[1] as string, name: found[2] as string });
  const named = files.filter((file) => file !== null);
  return named.length === lines.length && new Set(named.map(({ name }) => name)).size === lines.length ? named : undefined;
}
