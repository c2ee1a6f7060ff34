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
  /** Returns the entry of a commit that is being rebuilt: its layout and base are kept. */
  rebuiltEntry?(commit: string | null): CatalogueEntry | undefined;
  /** Whether a commit may have problems that earlier versions overlooked: a replay knows that it was released, or made an event. */
  mayHaveOverlookedProblems?(commit: string | null): boolean;
  /** Whether a commit whose check does not complete makes no release, instead of ending the run: a replay knows what was published after it. */
  passesUndecided?(commit: string | null): boolean;
  /** Maximum releases per run; the next run continues. */
  maxReleases?: number;
  /** Returns true once time or requests are used up: the run then ends after the current commit, and the next one continues. */
  isOutOfTime?(): boolean;
  /**
   * Plan all releases first, and write nothing if the tip is refused, or reverts a planned release, removal or withdrawal. Default: release
   * commit by commit.
   */
  planFirst?: boolean;
}

/** A result to report to the author of a commit. */
export interface Finding {
  /** Null if it is about the branch as a whole, or if there is no git. */
  commit: string | null;
  /** `draft`: dataset.json names no release.version yet. `behind`: the tip adds nothing. `refused`: the commit must not be released. */
  kind: "refused" | "draft" | "behind" | "warning";
  why: string;
  problems: Problem[];
  /** An earlier run reported it. */
  isReported?: true;
}

/** A planned release that was not made because the tip reverts it; or a removal or withdrawal of a listed one. */
export interface RevertedRelease {
  version: string;
  commit: string | null;
  /** The first few places that the tip reverts, and the number of all; of an event, its reason. */
  places: string[];
  count: number;
  /** What the commit does to the release. Default: it makes it. */
  event?: "removal" | "withdrawal";
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
  /** A commit is dated in the future: from this time on (RFC 3339), a run may have another result although nothing has changed. */
  refusedUntil?: string;
  /**
   * `commits`: number of commits after the release `since` (null: since the start of the history); `unchecked`: those that no earlier run
   * had checked.
   */
  pending: { commits: number; since: string | null; unchecked: number };
}
