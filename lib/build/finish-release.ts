import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { CITATION_FILE, LICENSE_FILE, MANIFEST_FILE, PACKAGE_FILE, README_FILE } from "../contract/release-files.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import type { ArchiveFormat, FinishedFile, Format } from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import { nextIcebergTables } from "../formats/next-iceberg-tables.ts";
import { plansWithColumnIds } from "../formats/plans-with-column-ids.ts";
import { bodyOf } from "../ports/body-of.ts";
import type { Artifact, Workspace } from "../ports/ports.ts";
import { citationFile } from "../release/citation-file.ts";
import { datapackage, type ReleaseFacts } from "../release/datapackage.ts";
import { licenseFile } from "../release/license-file.ts";
import { manifestText } from "../release/manifest-text.ts";
import { readmeFile } from "../release/readme-file.ts";
import type { BuiltTables, UnfinishedRelease } from "./build-dataset.ts";
import { finishFormatFiles } from "./format-files.ts";
import { writeArchive } from "./write-archive.ts";
import { writeText } from "./write-text.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const isArchiveFile = (file: { name: string; format: Format }): file is { name: string; format: ArchiveFormat } =>
  file.format.scope === "archive";

function textFile(name: string, text: string): FinishedFile {
  const { bytes, sha256, open } = bodyOf(Buffer.from(text));
  return { name, bytes, sha256, read: open };
}

/** Writes the archives, each with a package description and a manifest of its files. */
async function writeArchives(
  dataset: Dataset,
  release: ReleaseFacts,
  { artifacts, workspace, formats }: { artifacts: readonly Artifact[]; workspace: Workspace; formats: readonly Format[] },
): Promise<Artifact[]> {
  const written = listFormatFiles(dataset, formats);
  const finished = artifacts.map((artifact): FinishedFile => {
    const format = written.find(({ name }) => name === artifact.name)?.format.name;
    return { ...artifact, ...(format === undefined ? {} : { format }), read: () => workspace.read(artifact.name) };
  });
  const archives: Artifact[] = [];
  for (const file of written.filter(isArchiveFile)) {
    const contained = finished.filter((candidate) => file.format.contains(candidate));
    const description = textFile(PACKAGE_FILE, json(datapackage(dataset, release, contained, formats)));
    const manifest = textFile(MANIFEST_FILE, manifestText([...contained, description]));
    archives.push(await writeArchive(file, [...contained, description, manifest], workspace));
  }
  return archives;
}

/** Adds the documents of a release, its archives and the manifest; returns every file. */
export async function finishRelease(
  dataset: Dataset,
  { icebergBefore, ...release }: UnfinishedRelease,
  { tables, workspace, formats: known }: BuiltTables,
): Promise<Artifact[]> {
  const formats = datasetFormats(dataset, known);
  const { version, commit, generator } = release;
  const iceberg = nextIcebergTables(icebergBefore, plansWithColumnIds(dataset, known));
  const released = { dataset: dataset.metadata.name, commit, generator, iceberg, ...(version === undefined ? {} : { version }) };
  const artifacts = await finishFormatFiles(dataset, { artifacts: tables, files: listFormatFiles(dataset, formats) }, released, workspace);
  artifacts.push(await writeText(workspace, SCHEMA_FILE, json(dataset.schema)));
  artifacts.push(await writeText(workspace, README_FILE, readmeFile(dataset, release, formats)));
  artifacts.push(await writeText(workspace, LICENSE_FILE, licenseFile(dataset)));
  artifacts.push(await writeText(workspace, CITATION_FILE, citationFile(dataset, release)));
  artifacts.push(...(await writeArchives(dataset, release, { artifacts, workspace, formats })));
  artifacts.push(await writeText(workspace, PACKAGE_FILE, json(datapackage(dataset, { ...release, iceberg }, artifacts, formats))));
  artifacts.push(await writeText(workspace, MANIFEST_FILE, manifestText(artifacts)));
  return artifacts;
}
