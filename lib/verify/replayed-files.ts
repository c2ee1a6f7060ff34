import type { Body, Workspace } from "../ports/ports.ts";

/** The files of replayed releases. Names in the workspace have no slash. */
export class ReplayedFiles {
  readonly #workspace: Workspace;
  readonly #versions: ReadonlySet<string>;
  /** Key → name in the workspace, where each name can be created only once. */
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
    const own = `${this.#created}-${name}`;
    const file = await this.#workspace.create(own);
    for await (const chunk of body.open()) await file.write(chunk);
    await file.close();
    this.#files.set(name, own);
  }
  /** Drops the files of a version, so that another build of it can be kept. */
  forget(version: string): void {
    for (const name of [...this.#files.keys()]) if (name.startsWith(`${version}-`)) this.#files.delete(name);
  }
  read(key: string): AsyncIterable<Uint8Array> | undefined {
    const name = this.#name(key);
    const own = name === undefined ? undefined : this.#files.get(name);
    return own === undefined ? undefined : this.#workspace.read(own);
  }
}
