import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { Source, Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { UnreadableSourceError } from "../ports/unreadable-source-error.ts";
import type { Base } from "./check-change.ts";
import { IncompleteCheckError } from "./incomplete-check-error.ts";
import { sourceSide } from "./release-side.ts";

/** A dataset at an earlier commit. A dataset with problems cannot be compared; failed I/O throws. */
export async function openBase(name: string, source: Source, runtime: Runtime, workspace: Workspace): Promise<Base> {
  try {
    // Later rules do not apply to earlier releases.
    const side = await sourceSide(source, runtime, workspace, { layout: FIRST_LAYOUT });
    if (side) return { kind: "known", name, side, version: side.dataset.metadata.release?.version };
    return { kind: "unknown", why: `${name} has problems itself`, isInvalid: true };
  } catch (error) {
    // A link or too many files: a problem of that commit's data.
    if (error instanceof UnreadableSourceError)
      return { kind: "unknown", why: `${name} has problems itself: ${error.message}`, isInvalid: true };
    if (error instanceof IncompleteCheckError) return { kind: "unknown", why: `${name} could not be checked: ${error.reason}` };
    throw error;
  }
}
