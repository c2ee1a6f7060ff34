import { commitOfRequest, REQUEST_VARIABLE } from "../../lib/contract/build-request-key.ts";
import type { CheckBuildEnded, ValidateMessage } from "../messages.ts";

/** What the rule about the ends of builds sends. */
interface BuildEvent {
  checkEnded: { status: string; log?: string; variables: { name: string; value: string }[] };
}

/** The event of a request that no build could be started for: its rule sends it here in the end. */
interface UnstartedEvent {
  detail: { object: { key: string } };
}

/** A message of the queue. Throws for one that nobody here sends. */
export function parseMessage(body: string, delivery: string): ValidateMessage | CheckBuildEnded {
  const message = JSON.parse(body) as ValidateMessage | BuildEvent | UnstartedEvent;
  if ("sha" in message) return message;
  const key =
    "checkEnded" in message ? message.checkEnded.variables.find(({ name }) => name === REQUEST_VARIABLE)?.value : message.detail.object.key;
  const sha = commitOfRequest(key ?? "");
  if (sha === undefined) throw new Error("The event names no commit");
  if (!("checkEnded" in message)) return { sha, delivery, status: "NOT_STARTED" };
  const { status, log } = message.checkEnded;
  return { sha, delivery, status, ...(log ? { log } : {}) };
}
