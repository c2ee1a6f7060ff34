import type { Problem } from "../diagnostics/problem.ts";
import type { Aliases, History, Store } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import type { ReleaseTarget } from "./put-release.ts";

export interface PublishJob extends ReleaseTarget {
  history: History;
  store: Store;
  aliases: Aliases;
  runtime: Runtime;
  /** The entry of a commit that is rebuilt: its layout and base are kept. */
  known?(commit: string | null): CatalogueEntry | undefined;
  /** Maximum releases made in one run; the next run goes on. */
  maxReleases?: number;
  /** Whether time or requests are used up: then the run ends after the commit that it checks, and the next run goes on from there. */
  isSpent?(): boolean;
  /**
   * Plan all releases first, and write nothing if the tip is refused or reverts a planned release. Otherwise each commit is released
   * in turn.
   */
  planFirst?: boolean;
}

/** What the author of a commit is told. */
export interface Finding {
  /** Null: it concerns the branch as a whole, or there is no git. */
  commit: string | null;
  /** `draft`: dataset.json names no release.version yet. `behind`: the tip adds nothing. `refused`: it may not be released. */
  kind: "refused" | "draft" | "behind" | "warning";
  why: string;
  problems: Problem[];
  /** An earlier run reported it. */
  known?: true;
}

/** A planned release that was not made because the tip reverts it. */
export interface RevertedRelease {
  version: string;
  commit: string | null;
  /** What the tip reverts: the first few places, and the number of all. */
  places: string[];
  count: number;
}

/** Why a run published nothing although commits would make releases. */
export interface Blocked {
  /** Releases that were planned, oldest first. */
  planned: { version: string; commit: string | null }[];
  reverted: RevertedRelease[];
}

export interface Published {
  released: CatalogueEntry[];
  /** Commits that make no release, and why. */
  unreleased: Finding[];
  /** Warnings about commits that pass their checks, with or without a release. */
  warnings: Finding[];
  catalogue: Catalogue;
  /** The next run will make more releases. */
  more: boolean;
  /** The dataset at the tip is refused. */
  refused?: Finding;
  /** Nothing was published: the pending commits were refused as a whole. */
  blocked?: Blocked;
  /** A later run may find something else although nothing has changed: a commit is dated ahead of the clock. */
  dependsOnClock?: true;
  /** Number of commits after this release (null: after the start of the history); `unchecked`: those that no earlier run had checked. */
  pending: { commits: number; since: string | null; unchecked: number };
}
