import type { ReleaseFolder } from "../../../lib/ports/ports.ts";

/** The folder of a release with these files. */
export const folderOf = (files: Record<string, string>): ReleaseFolder => ({
  bytes: async (name) => (files[name] === undefined ? undefined : Buffer.from(files[name])),
  async *read(name) {
    yield Buffer.from(files[name] ?? "");
  },
});
