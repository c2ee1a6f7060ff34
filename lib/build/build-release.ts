import { runTables, type TablesResult } from "../check/run-tables.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { type Output, outputsOf } from "../formats/outputs.ts";
import type { Artifact, FileWriter, Source, Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { datapackage, type ReleaseFacts } from "../release/datapackage.ts";
import { citationFile, licenseFile, readmeFile } from "../release/documents.ts";
import { manifestText } from "../release/manifest.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

/** One output file: head, parts with separators between, foot. */
class OutputFile {
  #empty = true;
  readonly output: Output;
  readonly #writer: FileWriter;
  private constructor(output: Output, writer: FileWriter) {
    this.output = output;
    this.#writer = writer;
  }
  static async open(workspace: Pick<Workspace, "create">, output: Output): Promise<OutputFile> {
    const file = new OutputFile(output, await workspace.create(output.name));
    if (output.head) await file.#writer.write(bytes(output.head));
    return file;
  }
  async add(part: Uint8Array | undefined): Promise<void> {
    if (!part || part.length === 0) return;
    if (!this.#empty && this.output.separator) await this.#writer.write(bytes(this.output.separator));
    this.#empty = false;
    await this.#writer.write(part);
  }
  async close(): Promise<Artifact> {
    if (this.output.foot) await this.#writer.write(bytes(this.output.foot));
    return this.#writer.close();
  }
}

/** Writes the tables of a dataset, checked and encoded, and `<name>.json` with all of them. */
export async function buildTables(
  dataset: Dataset,
  source: Source,
  runtime: Runtime,
  workspace: Pick<Workspace, "create">,
): Promise<TablesResult & { artifacts: Artifact[] }> {
  const { name, title, description, licenses } = dataset.metadata;
  const files = new Map<string, OutputFile[]>();
  for (const plan of dataset.plans)
    files.set(plan.name, await Promise.all(outputsOf(plan).map((output) => OutputFile.open(workspace, output))));
  const head = `{\n"dataset": ${JSON.stringify({ name, title, description, licenses })},\n`;
  const whole = await workspace.create(`${name}.json`);
  let open: string | undefined;
  const startTable = async (table: string): Promise<void> => {
    await whole.write(bytes(`${open === undefined ? head : "\n],\n"}${JSON.stringify(table)}: [\n`));
    open = table;
  };
  const parted = new Set<string>();
  const result = await runTables(dataset, source, runtime, "build", async (plan, parts) => {
    for (const file of files.get(plan.name) ?? []) await file.add(parts.get(file.output.part));
    const part = parts.get("json");
    if (!part || part.length === 0) return;
    while (open !== plan.name)
      await startTable(
        dataset.plans[open === undefined ? 0 : dataset.plans.findIndex((other) => other.name === open) + 1]?.name ?? plan.name,
      );
    if (parted.has(plan.name)) await whole.write(bytes(",\n"));
    parted.add(plan.name);
    await whole.write(part);
  });
  const artifacts: Artifact[] = [];
  for (const list of files.values()) for (const file of list) artifacts.push(await file.close());
  for (const plan of dataset.plans.slice(open === undefined ? 0 : dataset.plans.findIndex((other) => other.name === open) + 1))
    await startTable(plan.name);
  await whole.write(bytes("\n]\n}\n"));
  artifacts.push(await whole.close());
  return { ...result, artifacts };
}

export async function writeText(workspace: Workspace, name: string, text: string): Promise<Artifact> {
  const writer = await workspace.create(name);
  await writer.write(bytes(text));
  return writer.close();
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Adds what a release says of itself, and the manifest; returns every file. */
export async function finishRelease(
  dataset: Dataset,
  release: ReleaseFacts,
  tables: readonly Artifact[],
  workspace: Workspace,
): Promise<Artifact[]> {
  const artifacts = [...tables];
  artifacts.push(await writeText(workspace, "schema.json", json(dataset.schema)));
  artifacts.push(await writeText(workspace, "README.md", readmeFile(dataset, release)));
  artifacts.push(await writeText(workspace, "LICENSE", licenseFile(dataset)));
  artifacts.push(await writeText(workspace, "CITATION.cff", citationFile(dataset, release)));
  artifacts.push(await writeText(workspace, "datapackage.json", json(datapackage(dataset, release, artifacts))));
  artifacts.push(await writeText(workspace, "SHA256SUMS", manifestText(artifacts)));
  return artifacts;
}
