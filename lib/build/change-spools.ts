import type { FileWriter, Workspace } from "../ports/ports.ts";
import type { ChangeListName, TableDifference } from "../release/difference.ts";

/** Lists of JSON values in files of the workspace, which are created with the first value. */
export class ChangeSpools {
  readonly #writers = new Map<ChangeListName, FileWriter>();
  readonly names: TableDifference["spools"] = {};
  readonly #workspace: Workspace;
  readonly #prefix: string;
  constructor(workspace: Workspace, prefix: string) {
    this.#workspace = workspace;
    this.#prefix = prefix;
  }
  async add(list: ChangeListName, value: unknown): Promise<void> {
    let writer = this.#writers.get(list);
    if (!writer) {
      const name = `${this.#prefix}${list}`;
      writer = await this.#workspace.create(name);
      this.#writers.set(list, writer);
      this.names[list] = name;
    }
    await writer.write(Buffer.from(`${JSON.stringify(value)}\n`));
  }
  async close(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.close();
  }
}
