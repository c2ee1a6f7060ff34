import { MANIFEST_FILE, PACKAGE_FILE } from "../contract/release-files.ts";
import type { FormatFile } from "../formats/format.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { fileCaption } from "../site/page/file-caption.ts";
import type { PageFile } from "../site/page/release-page.ts";
import type { ReleasePackage } from "./release-package.ts";

/** Every file of a release except its signature. `formatFiles`: the files of its formats. */
export async function pageFiles(
  folder: ReleaseFolder,
  { resources, fileBytes }: Pick<ReleasePackage, "resources"> & { fileBytes: Uint8Array },
  formatFiles: readonly FormatFile[],
): Promise<PageFile[]> {
  const hashed = (name: string, bytes: Uint8Array): PageFile => ({
    name,
    title: fileCaption(name, undefined, formatFiles),
    bytes: bytes.length,
    sha256: sha256(bytes),
  });
  return [
    ...resources.map(({ path, title, bytes, hash, schema }) => ({
      name: path,
      title: fileCaption(path, title, formatFiles),
      bytes,
      sha256: hash.replace("sha256:", ""),
      ...(schema ? { fields: schema.fields.map(({ name, type }) => ({ name, type })) } : {}),
    })),
    hashed(PACKAGE_FILE, fileBytes),
    hashed(MANIFEST_FILE, (await folder.bytes(MANIFEST_FILE)) ?? new Uint8Array()),
  ];
}
