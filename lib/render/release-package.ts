import type { FormatFile } from "../formats/format.ts";
import { sha256 } from "../ports/body-of.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readPackage } from "../ports/read-stored.ts";
import type { RecordsPromise } from "../release/difference.ts";
import { fileCaption } from "../site/page/file-caption.ts";
import type { PageFile, ReleasePage } from "../site/page/release.ts";

/** As much of `datapackage.json` as pages show. */
export interface ReleasePackage
  extends Pick<ReleasePage, "name" | "title" | "description" | "licenses" | "contributors" | "keywords" | "homepage"> {
  created?: string;
  commit?: string | null;
  records?: RecordsPromise;
  layout?: number;
  resources: { path: string; title?: string; bytes: number; hash: string; schema?: { fields: { name: string; type: string }[] } }[];
}

/** `datapackage.json` of a release, and its bytes. Throws where it is missing or damaged. */
export async function packageOf(folder: ReleaseFolder): Promise<ReleasePackage & { fileBytes: Uint8Array }> {
  const fileBytes = await folder.bytes("datapackage.json");
  if (!fileBytes) throw new Error("datapackage.json of a release is missing");
  return { ...readPackage<ReleasePackage>("datapackage.json of a release", fileBytes), fileBytes };
}

/** Every file of a release but its signature. `formatFiles` are those that its formats would write. */
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
    hashed("datapackage.json", fileBytes),
    hashed("SHA256SUMS", (await folder.bytes("SHA256SUMS")) ?? new Uint8Array()),
  ];
}
