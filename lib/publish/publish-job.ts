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
  /** Entries that are built again, by their commits: layout and comparison are theirs, and are not decided anew. */
  known?(commit: string | null): CatalogueEntry | undefined;
  /** Maximum releases made in one run; the next run goes on. */
  maxReleases?: number;
  /**
   * Plan all commits first and put nothing where the tip is refused, or where a planned release holds what the tip takes
   * back. Without it, each commit is released as it comes.
   */
  planFirst?: boolean;
}

/** Something that the author of a commit should know. */
export interface Finding {
  /** Null: it is about the branch as a whole, where there is no git. */
  commit: string | null;
  /** `draft`: dataset.json names no release.version yet. `behind`: the tip adds nothing. `refused`: it may not be released. */
  kind: "refused" | "draft" | "behind" | "warning";
  why: string;
  problems: Problem[];
  /** An earlier run found it and said so. */
  known?: true;
}

/** A release that was planned and not made, since the tip takes back what it holds. */
export interface RevertedRelease {
  version: string;
  commit: string | null;
  /** What the tip takes back, in words: the first few places, and how many there are. */
  places: string[];
  count: number;
}

/** Why a run put nothing although commits would make releases. */
export interface Blocked {
  /** Releases that were planned, oldest first. */
  planned: { version: string; commit: string | null }[];
  reverted: RevertedRelease[];
}

export interface Published {
  released: CatalogueEntry[];
  /** Commits that make no release, and why. */
  unreleased: Finding[];
  /** What is wrong with commits that pass their checks, whether they make a release or not. */
  warnings: Finding[];
  catalogue: Catalogue;
  /** The next run will make more releases. */
  more: boolean;
  /** What the branch now holds of the dataset is refused. */
  refused?: Finding;
  /** Nothing was put, since the walk as a whole was refused. */
  blocked?: Blocked;
  /** Commits looked at after this release (null: from the first commit on). */
  pending: { commits: number; since: string | null };
}

/** One line for a list of problems. */
export const summarizeProblems = (problems: readonly Problem[]): string =>
  `${problems.length} problem${problems.length > 1 ? "s" : ""}, the first in ${problems[0]?.file}${problems[0]?.line ? `:${problems[0].line}` : ""}: ${problems[0]?.message}`;
