import type { Problem } from "../diagnostics/problem.ts";

/** A commit that cannot make a release, whatever the earlier releases. */
export interface Refusal {
  kind: "refused" | "draft";
  why: string;
  problems: Problem[];
  /** Set if the verdict depends on the clock: the time at which it changes, RFC 3339. */
  refusedUntil?: string;
}

export const isRefusal = <Built extends object>(built: Built | Refusal): built is Refusal => "problems" in built;

export const refusal = (problems: Problem[]): Refusal => ({ kind: "refused", why: "", problems });
