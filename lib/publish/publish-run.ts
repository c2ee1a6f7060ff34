import type { OpenSide } from "../build/comparisons.ts";
import type { Position, Workspace } from "../ports/ports.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { nextPatchVersion } from "../release/next-version.ts";
import type { CommitContext } from "./check-commit.ts";
import { CommitBuilds } from "./commit-builds.ts";
import { CursorStore } from "./publish-cursor.ts";
import type { PublishJob } from "./publish-job.ts";
import { publishedSide } from "./published-side.ts";

/** State of one run, shared by its attempts. */
export class PublishRun implements CommitContext {
  readonly job: PublishJob;
  readonly builds: CommitBuilds;
  readonly openSide: OpenSide;
  readonly cursors: CursorStore;
  /** Whether to use the cursor of an earlier run; false after it proved insufficient. */
  useCursor = true;
  /** Identifies the tip and catalogue for which the releases were planned. */
  planned: string | undefined;
  /** Commits after `since` that were checked. */
  readonly pending = new Set<string | null>();
  since: string | null | undefined;
  /** Number of pending commits that an earlier run had checked. */
  reportedCount = 0;
  /** Versions that another build has claimed. */
  readonly #claimed = new Set<string>();
  readonly #positions = new Map<string, Promise<Position>>();
  constructor(job: PublishJob, openSide: OpenSide = publishedSide(job)) {
    this.job = job;
    this.builds = new CommitBuilds(job);
    this.openSide = openSide;
    this.cursors = new CursorStore(job);
  }
  openWorkspace(): Promise<Workspace> {
    return this.job.runtime.openWorkspace();
  }
  canWithdraw(): boolean {
    return true;
  }
  rebuiltEntry(commit: string | null): CatalogueEntry | undefined {
    return this.job.rebuiltEntry?.(commit);
  }
  nextFree(version: string): string {
    return this.#claimed.has(version) ? this.nextFree(nextPatchVersion(version)) : version;
  }
  addClaimed(version: string): void {
    this.#claimed.add(version);
  }
  async isOnBranch(commit: string): Promise<boolean> {
    if (this.pending.has(commit)) return true;
    const known = this.#positions.get(commit) ?? this.job.history.position(commit);
    this.#positions.set(commit, known);
    return (await known) === "on";
  }
}
