import { parentPort, workerData } from "node:worker_threads";
import type { Output, TableFile, TablePart } from "../../formats/format.ts";
import { FORMATS } from "../../formats/formats.ts";

/** `workerData` of the thread: a file in a format of this package. */
export type WriterSetup = Omit<TableFile, "format"> & { format: string };
/** A task for the thread. */
export type WriterTask = { part: TablePart } | "close";
/** The result of a task: bytes of the file, or "done" for the first queued task. */
export type WriterAnswer = { bytes: Uint8Array } | "done";

const answer = (message: WriterAnswer): void => parentPort?.postMessage(message);

const output: Output = {
  async write(bytes) {
    answer({ bytes });
  },
  async createTemporary() {
    throw new Error("A file that is written in a thread has no temporary files");
  },
};

const { format: name, ...file } = workerData as WriterSetup;
const format = FORMATS.find((one) => one.name === name);
if (format?.scope !== "table") throw new Error(`No format of tables is called ${name}`);
const opened = format.open({ ...file, format }, output);

/** Tasks run one after the other. An error ends the thread and thereby fails the parent's writer. */
let tasks: Promise<unknown> = opened;
parentPort?.on("message", (task: WriterTask) => {
  tasks = tasks.then(async () => {
    const writer = await opened;
    if (task === "close") await writer.close();
    else await writer.write(task.part);
    answer("done");
  });
});
