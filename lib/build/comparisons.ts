import type { Workspace } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import type { Difference } from "../release/difference.ts";
import { type ComparisonRules, compareReleases } from "./compare-releases.ts";
import type { ReleaseSide } from "./release-side.ts";

/** Opens the records of a listed release for a comparison. */
export type OpenSide = (entry: CatalogueEntry, catalogue: Catalogue, workspace: Workspace) => Promise<ReleaseSide>;

export interface ComparisonContext {
  openSide: OpenSide;
  openWorkspace(): Promise<Workspace>;
}

/** Compares releases in temporary workspaces, which `close` discards. */
export class Comparisons {
  readonly #context: ComparisonContext;
  readonly #open: Workspace[] = [];
  constructor(context: ComparisonContext) {
    this.#context = context;
  }
  async workspace(): Promise<Workspace> {
    const workspace = await this.#context.openWorkspace();
    this.#open.push(workspace);
    return workspace;
  }
  side = async (entry: CatalogueEntry, catalogue: Catalogue): Promise<ReleaseSide> =>
    this.#context.openSide(entry, catalogue, await this.workspace());
  async between(old: ReleaseSide, now: ReleaseSide, rules: ComparisonRules = {}): Promise<{ difference: Difference; spools: Workspace }> {
    const spools = await this.workspace();
    return { difference: await compareReleases(old, now, spools, rules), spools };
  }
  async close(): Promise<void> {
    for (const workspace of this.#open) await workspace.discard();
  }
}
