import type { ForgeEvent } from "../../lib/ports/forge.ts";
import type { PublishMessage, ValidateMessage } from "../messages.ts";

/** The message that an event leads to, and its queue. */
export type Job = { queue: "publish"; message: PublishMessage } | { queue: "validate"; message: ValidateMessage } | { ignored: string };

/** Pushes to the published branch go to `publish`, all other events to `validate`. */
export function jobFor(event: ForgeEvent, { delivery, branch }: { delivery: string; branch: string }): Job {
  if (event.kind === "other") return { ignored: event.reason };
  const { sha } = event;
  const publish: Job = { queue: "publish", message: { sha, delivery } };
  const validate = ({ pull, ...more }: { pull?: number | undefined; branch?: string; again?: true } = {}): Job => ({
    queue: "validate",
    message: { sha, delivery, ...(pull === undefined ? {} : { pull }), ...more },
  });
  switch (event.kind) {
    case "push":
      return event.branch === branch ? publish : validate({ branch: event.branch });
    case "pull":
      return event.branch === branch ? validate({ pull: event.pull }) : { ignored: "it is about another branch" };
    case "merge-group":
      return event.branch === branch ? validate() : { ignored: "it is about another branch" };
    case "rerun":
      return event.name === "Factpress publish" || event.branch === branch ? publish : validate({ pull: event.pull, again: true });
  }
}
