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
  /** Returns the entry of a commit that is being rebuilt, to reuse its layout and base. */
  rebuiltEntry?(commit: string | null): CatalogueEntry | undefined;
  /** Whether problems that earlier versions overlooked are ignored: a replay knows that the commit made a release or an event. */
  mayHaveOverlookedProblems?(commit: string | null): boolean;
  /**
   * Whether to skip a commit whose check does not complete, instead of ending the run: a replay knows that later commits were published.
   */
  passesUndecided?(commit: string | null): boolean;
  /** Maximum releases per run; the next run continues. */
  maxReleases?: number;
  /** Returns true once time or requests are used up: the run then ends after the current commit, and the next one continues. */
  isOutOfTime?(): boolean;
  /**
   * Plan all releases before writing, and write nothing if the tip is refused or reverts a planned release, removal or withdrawal. Default:
   * release commit by commit.
   */
  planFirst?: boolean;
}

/** A result to report to the author of a commit. */
export interface Finding {
  /** Null if the finding is about the whole branch, or without git. */
  commit: string | null;
  /** `draft`: dataset.json has no release.version yet. `behind`: the tip adds nothing. `refused`: the commit must not be released. */
  kind: "refused" | "draft" | "behind" | "warning";
  why: string;
  problems: Problem[];
  /** An earlier run reported it. */
  isReported?: true;
}

/** A planned release that was not made because the tip reverts it, or a removal or withdrawal of a listed release that the tip reverts. */
export interface RevertedRelease {
  version: string;
  commit: string | null;
  /** The first few changes that the tip reverts; for an event, its reason. `count`: the number of all changes. */
  changes: string[];
  count: number;
  /** What the commit does to the release. Default: it makes the release. */
  event?: "removal" | "withdrawal";
}

/** Why a run made no releases although it had planned some. */
export interface Blocked {
  /** Releases that were planned, oldest first. */
  planned: { version: string; commit: string | null }[];
  reverted: RevertedRelease[];
}

export interface Published {
  released: CatalogueEntry[];
  /** Commits that make no release, and why. */
  unreleased: Finding[];
  /** Warnings about commits that pass, with or without a release. */
  warnings: Finding[];
  catalogue: Catalogue;
  /** The next run will make more releases. */
  more: boolean;
  /** The dataset at the tip is refused. */
  refused?: Finding;
  /** Nothing was published: the pending commits were refused as a whole. */
  blocked?: Blocked;
  /** A commit is dated in the future. From this time on (RFC 3339), a run on the same commits may have a different result. */
  refusedUntil?: string;
  /** `commits`: commits after the release `since` (null: since the start of the history); `unchecked`: not checked by earlier runs. */
  pending: { commits: number; since: string | null; unchecked: number };
}
