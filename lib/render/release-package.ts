import { sha256 } from "../ports/body.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readPackage } from "../ports/stored-documents.ts";
import type { RecordsPromise } from "../release/difference.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { described } from "../site/page/file-words.ts";
import type { PageFile, PageTable, ReleasePage } from "../site/page/release.ts";

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

/** The columns of a table as `datapackage.json` describes them. */
export function fieldsOf({ resources }: ReleasePackage, { name }: TablePlan): Pick<PageTable, "fields"> {
  const schema = resources.find(({ path }) => path === `${name}.csv`)?.schema;
  return schema ? { fields: schema.fields.map(({ name, type }) => ({ name, type })) } : {};
}

/** Every file of a release but its signature. */
export async function filesOf(
  folder: ReleaseFolder,
  { resources, fileBytes }: Pick<ReleasePackage, "resources"> & { fileBytes: Uint8Array },
  tables: readonly PageTable[],
): Promise<PageFile[]> {
  const hashed = (name: string, bytes: Uint8Array): PageFile => ({
    name,
    title: described(name, undefined, tables),
    bytes: bytes.length,
    sha256: sha256(bytes),
  });
  return [
    ...resources.map(({ path, title, bytes, hash }) => ({
      name: path,
      title: described(path, title, tables),
      bytes,
      sha256: hash.replace("sha256:", ""),
    })),
    hashed("datapackage.json", fileBytes),
    hashed("SHA256SUMS", (await folder.bytes("SHA256SUMS")) ?? new Uint8Array()),
  ];
}
