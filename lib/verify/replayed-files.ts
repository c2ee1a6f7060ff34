import type { Body, Workspace } from "../ports/ports.ts";

/** The files of replayed releases, in a workspace. */
export class ReplayedFiles {
  readonly #workspace: Workspace;
  readonly #versions: ReadonlySet<string>;
  /** Name without slashes → name in the workspace, which is unique because a name can be created only once. */
  readonly #files = new Map<string, string>();
  #created = 0;
  constructor(workspace: Workspace, versions: ReadonlySet<string>) {
    this.#workspace = workspace;
    this.#versions = versions;
  }
  /** A name without slashes; undefined for files that are not kept. */
  #name(key: string): string | undefined {
    const [, version = "", file = ""] = key.split("/");
    return this.#versions.has(version) && !key.startsWith("pages/") ? `${version}-${file}` : undefined;
  }
  async keep(key: string, body: Body): Promise<void> {
    const name = this.#name(key);
    if (name === undefined || this.#files.has(name)) return;
    this.#created += 1;
    const uniqueName = `${this.#created}-${name}`;
    const file = await this.#workspace.create(uniqueName);
    for await (const chunk of body.open()) await file.write(chunk);
    await file.close();
    this.#files.set(name, uniqueName);
  }
  /** Drops the files of a version, so that another build of it can be kept. */
  forget(version: string): void {
    for (const name of [...this.#files.keys()]) if (name.startsWith(`${version}-`)) this.#files.delete(name);
  }
  read(key: string): AsyncIterable<Uint8Array> | undefined {
    const name = this.#name(key);
    const uniqueName = name === undefined ? undefined : this.#files.get(name);
    return uniqueName === undefined ? undefined : this.#workspace.read(uniqueName);
  }
}
