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

/** What a manifest names; undefined where it is none. */
export function parseManifest(bytes: Uint8Array): Hashed[] | undefined {
  const lines = Buffer.from(bytes).toString("utf8").split("\n");
  if (lines.pop() !== "" || lines.length === 0) return undefined;
  const files = lines.map((line) => /^([0-9a-f]{64}) {2}([^/\\]+)$/.exec(line));
  return files.every((file) => file !== null) ? files.map(([, sha256 = "", name = ""]) => ({ name, sha256 })) : undefined;
}
