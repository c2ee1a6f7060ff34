import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makeCheckedParents } from "../../lib/adapters/folder/make-checked-parents.ts";
import { PREVIEWS } from "../../lib/edge/edge-server.ts";
import { pageEnvironment } from "../../lib/site/page-environment.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { out } from "../out.ts";
import { printFailure } from "../print-failure.ts";
import { buildFolder } from "./build.ts";

/** The previews of datasets in the working folder, which a local server serves. */
export class LocalPreviews {
  readonly #store: string;
  /** Address of the server. */
  readonly #base: string;
  /** Includes failed previews, which are retried on the next change of any dataset. */
  readonly #outdated: Set<DatasetFolder>;

  constructor(store: string, base: string, datasets: readonly DatasetFolder[]) {
    this.#store = store;
    this.#base = base;
    this.#outdated = new Set(datasets);
  }

  /** Builds the previews of changed datasets, and those that failed before. Returns whether any was built and all are up to date. */
  async update(changed: Iterable<DatasetFolder> = []): Promise<boolean> {
    for (const dataset of changed) this.#outdated.add(dataset);
    let areCurrent = this.#outdated.size > 0;
    for (const dataset of [...this.#outdated])
      try {
        areCurrent = (await this.#build(dataset)) && areCurrent;
        this.#outdated.delete(dataset);
      } catch (error) {
        // The failure of one preview is printed. The others continue.
        printFailure(error as Error);
        areCurrent = false;
      }
    return areCurrent;
  }

  /** Returns false if the dataset has problems. The last preview is then kept. */
  async #build(dataset: DatasetFolder): Promise<boolean> {
    const target = await makeCheckedParents(this.#store, `${PREVIEWS}/${dataset.name}`);
    const page = join(resolve(target, ".."), `${dataset.name}.html`);
    const rows = join(resolve(target, ".."), `${dataset.name}.rows.json`);
    const checked = await buildFolder(dataset, target, {
      path: page,
      base: "",
      restPath: rows,
      rest: "rows.json",
      env: pageEnvironment("/assets/", this.#base),
    });
    if (!checked) {
      out(`${dataset.name}  the preview shows the last state without problems`);
      return false;
    }
    await rename(page, join(target, "index.html"));
    if (existsSync(rows)) await rename(rows, join(target, "rows.json"));
    return true;
  }
}
