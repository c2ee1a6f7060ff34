import type { Dataset } from "../dataset/dataset.ts";
import { optionalMetadata } from "../dataset/metadata.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import { fileExtension } from "../formats/file-extension.ts";
import type { Format } from "../formats/format.ts";
import { formatFileResource } from "../formats/formats.ts";
import type { IcebergTables } from "../formats/iceberg-columns.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import { mediaTypeOfName } from "../formats/media-type.ts";
import { layoutOfPlans } from "./layout-of-plans.ts";

/** The metadata of a release. */
export interface ReleaseFacts {
  /** Undefined for a preview. */
  version?: string;
  commit: string | null;
  /** Date of its commit, RFC 3339 in UTC; null if unknown. */
  date: string | null;
  /** SHA-256 of the SHA256SUMS of the previous release; null for the first. */
  previous: string | null;
  /** Version of Factpress that built it. */
  generator: string;
  /** Column ids of its Parquet files. */
  iceberg?: IcebergTables | undefined;
}

export interface FileFacts {
  name: string;
  bytes: number;
  sha256: string;
}

/** `datapackage.json`: Data Package v2, https://datapackage.org. */
export function datapackage(
  dataset: Pick<Dataset, "metadata" | "plans">,
  release: ReleaseFacts,
  files: readonly FileFacts[],
  formats: readonly Format[] = datasetFormats(dataset),
): object {
  const { name, title, description, licenses } = dataset.metadata;
  const { plans } = dataset;
  const layout = layoutOfPlans(plans);
  const known = new Map(listFormatFiles(dataset, formats).map((file) => [file.name, file]));
  const resources = files.map((file) => {
    const format = known.get(file.name);
    const { name, type, title, description, ...details } = format ? formatFileResource(format, plans) : {};
    const { mediaType, isText } = format?.format ?? mediaTypeOfName(file.name, formats);
    return {
      name: name ?? file.name.toLowerCase(),
      path: file.name,
      ...(type ? { type } : {}),
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      format: fileExtension(file.name) || "txt",
      mediatype: mediaType,
      ...(isText ? { encoding: "utf-8" } : {}),
      bytes: file.bytes,
      hash: `sha256:${file.sha256}`,
      ...details,
    };
  });
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name,
    title,
    description,
    ...(release.version ? { version: release.version } : {}),
    ...(release.date ? { created: release.date } : {}),
    licenses,
    ...optionalMetadata(dataset.metadata),
    commit: release.commit,
    previous: release.previous,
    generator: `factpress ${release.generator}`,
    layout,
    records: dataset.metadata.release?.records ?? "stay",
    ...(release.iceberg ? { iceberg: release.iceberg } : {}),
    notes: formats.flatMap(({ packageNote }) => packageNote?.(layout) ?? []),
    resources,
  };
}
