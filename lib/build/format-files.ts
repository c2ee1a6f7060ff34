import type { Dataset } from "../dataset/dataset.ts";
import type {
  DatasetFacts,
  DatasetFormat,
  DatasetWriter,
  EncodedPart,
  Format,
  FormatFile,
  Output,
  ReleasedAs,
  TableFile,
  TablePart,
  TableWriter,
  UnfinishedFile,
} from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import type { Artifact, FileWriter, StartWriter, Workspace } from "../ports/ports.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The workspace for files of a release and temporary files of their writers. */
export type FormatWorkspace = Pick<Workspace, "create" | "read" | "slice">;

export function openFormatFile(file: FileWriter, name: string, workspace: FormatWorkspace): Output {
  let count = 0;
  return {
    write: (bytes) => file.write(bytes),
    async createTemporary() {
      const temporary = `.temporary-${count++}-${name}`;
      const writer = await workspace.create(temporary);
      return {
        write: (bytes) => writer.write(bytes),
        close: async () => void (await writer.close()),
        read: () => workspace.read(temporary),
        slice: (start, end) => workspace.slice(temporary, start, end),
      };
    },
  };
}

/** A file that its format is writing. */
interface OpenFile<Writer> {
  writer: Writer;
  /** Whether a part belongs to it. */
  accepts(part: EncodedPart): boolean;
  close(): Promise<Artifact>;
  abort(): Promise<void>;
}

async function openFile<Writer extends { close(): Promise<void>; abort?(): Promise<void> }>(
  workspace: FormatWorkspace,
  name: string,
  open: (output: Output) => Promise<Writer>,
  accepts: (part: EncodedPart) => boolean,
): Promise<OpenFile<Writer>> {
  const file = await workspace.create(name);
  const writer = await open(openFormatFile(file, name, workspace));
  return {
    writer,
    accepts,
    async close() {
      await writer.close();
      return file.close();
    },
    abort: async () => writer.abort?.(),
  };
}

/** Temporary name of a file that its format must finish; no file of a release has such a name. */
const unfinishedName = (name: string): string => `.unfinished-${name}`;

const openTableFile = (workspace: FormatWorkspace, file: TableFile, start: StartWriter): Promise<OpenFile<TableWriter>> =>
  openFile(
    workspace,
    file.format.finish ? unfinishedName(file.name) : file.name,
    (output) => start(file, output),
    ({ encoder, table }) => encoder === file.format.encoder.name && table === (file.link ?? file.plan).name,
  );

const factsOf = ({ metadata, plans }: Dataset): DatasetFacts => ({ ...metadata, plans });

function openDatasetFile(
  workspace: FormatWorkspace,
  { name, format }: { name: string; format: DatasetFormat },
  dataset: Dataset,
): Promise<OpenFile<DatasetWriter>> {
  return openFile(
    workspace,
    format.finish ? unfinishedName(name) : name,
    (output) => format.open(factsOf(dataset), output),
    ({ encoder }) => encoder === format.encoder.name,
  );
}

const isDatasetFile = (file: { name: string; format: Format }): file is { name: string; format: DatasetFormat } =>
  file.format.scope === "dataset";

/** The files of a release that tables are written to. */
interface FilesToWrite {
  plans: readonly TablePlan[];
  tableFiles: readonly TableFile[];
  datasetFiles: readonly OpenFile<DatasetWriter>[];
}

/** Writes the files of tables and datasets from the parts that the engine returns. Only the files of one table are open at a time. */
export class FormatFiles {
  readonly #workspace: FormatWorkspace;
  readonly #tableFiles: readonly TableFile[];
  readonly #datasetFiles: readonly OpenFile<DatasetWriter>[];
  readonly #startWriter: StartWriter;
  /** Tables that have not been started. */
  readonly #waiting: TablePlan[];
  #current: TablePlan | undefined;
  #open: OpenFile<TableWriter>[] = [];
  readonly #artifacts: Artifact[] = [];

  private constructor(workspace: FormatWorkspace, { plans, tableFiles, datasetFiles }: FilesToWrite, startWriter: StartWriter) {
    this.#startWriter = startWriter;
    this.#workspace = workspace;
    this.#waiting = [...plans];
    this.#tableFiles = tableFiles;
    this.#datasetFiles = datasetFiles;
  }

  static async open(
    dataset: Dataset,
    formats: readonly Format[],
    workspace: FormatWorkspace,
    startWriter: StartWriter = (file, output) => file.format.open(file, output),
  ): Promise<FormatFiles> {
    const files = listFormatFiles(dataset, formats);
    const datasetFiles: OpenFile<DatasetWriter>[] = [];
    for (const file of files.filter(isDatasetFile)) datasetFiles.push(await openDatasetFile(workspace, file, dataset));
    const tableFiles = files.filter((file) => "plan" in file);
    return new FormatFiles(workspace, { plans: dataset.plans, tableFiles, datasetFiles }, startWriter);
  }

  /** Writes the parts of one batch; tables come in schema order. */
  async write(plan: TablePlan, parts: readonly EncodedPart[]): Promise<void> {
    while (this.#current !== plan) await this.#startNext();
    for (const part of parts) if (part.rows > 0) await this.#writePart(part);
  }

  /** Closes all writers; returns every file, tables first. */
  async close(): Promise<Artifact[]> {
    while (this.#waiting.length > 0) await this.#startNext();
    await this.#closeTable();
    for (const file of this.#datasetFiles) this.#artifacts.push(await file.close());
    return this.#artifacts;
  }

  /** Stops writers in threads; the files are unusable. */
  async abort(): Promise<void> {
    for (const file of [...this.#open, ...this.#datasetFiles]) await file.abort();
  }

  async #startNext(): Promise<void> {
    await this.#closeTable();
    const plan = this.#waiting.shift();
    if (!plan) throw new Error("Parts of a table arrived after parts of a later table");
    this.#current = plan;
    for (const file of this.#tableFiles.filter((file) => file.plan === plan))
      this.#open.push(await openTableFile(this.#workspace, file, this.#startWriter));
    for (const { writer } of this.#datasetFiles) await writer.startTable(plan);
  }

  async #closeTable(): Promise<void> {
    for (const file of this.#open) this.#artifacts.push(await file.close());
    this.#open = [];
  }

  async #writePart(part: EncodedPart): Promise<void> {
    const files: OpenFile<{ write(part: TablePart): Promise<void> }>[] = [...this.#open, ...this.#datasetFiles];
    for (const { accepts, writer } of files) if (accepts(part)) await writer.write(part);
  }
}

/** Finishes the files of tables and datasets that name their release; returns all files in the same order. */
export async function finishFormatFiles(
  dataset: Dataset,
  { artifacts, files }: { artifacts: readonly Artifact[]; files: readonly FormatFile[] },
  release: ReleasedAs,
  workspace: FormatWorkspace,
): Promise<Artifact[]> {
  const finished: Artifact[] = [];
  for (const artifact of artifacts) {
    const file = files.find(({ name }) => unfinishedName(name) === artifact.name);
    const finish = file && finisherOf(file, dataset);
    finished.push(finish ? await finishFile(artifact, { name: file.name, finish }, release, workspace) : artifact);
  }
  return finished;
}

type Finish = (unfinished: UnfinishedFile, release: ReleasedAs, output: Output) => Promise<void>;

/** The function that finishes a file, if its format has one. */
function finisherOf(file: FormatFile, dataset: Dataset): Finish | undefined {
  if ("plan" in file) return file.format.finish?.bind(file.format, file);
  return file.format.scope === "dataset" ? file.format.finish?.bind(file.format, factsOf(dataset)) : undefined;
}

async function finishFile(
  { name, bytes }: Artifact,
  file: { name: string; finish: Finish },
  release: ReleasedAs,
  workspace: FormatWorkspace,
): Promise<Artifact> {
  const writer = await workspace.create(file.name);
  const unfinished = { bytes, read: () => workspace.read(name), slice: (start: number, end: number) => workspace.slice(name, start, end) };
  await file.finish(unfinished, release, openFormatFile(writer, file.name, workspace));
  return writer.close();
}
