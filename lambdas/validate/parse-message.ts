import { REQUEST_VARIABLE } from "../../lib/contract/build-request-object-key.ts";
import { commitOfCheckRequest } from "../../lib/contract/check-request-object-key.ts";
import type { CheckBuildEnded, ValidateMessage } from "../messages.ts";

/**
 * The event for the end of a build, as far as it is read. The environment is that of the start of the build, which the build cannot change:
 * https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html
 */
interface BuildEvent {
  checkEnded: {
    "build-status": string;
    "additional-information": {
      initiator?: string | null;
      environment: { "environment-variables": { name: string; value: string }[] };
      logs?: { "stream-name"?: string | null };
    };
  };
}

/** The event of a request for which no build could be started, from the rule's dead letters. */
interface UnstartedEvent {
  detail: { object: { key: string } };
}

/** Parses a message of the queue. Throws for an unknown message. */
export function parseMessage(body: string, delivery: string): ValidateMessage | CheckBuildEnded {
  const message = JSON.parse(body) as ValidateMessage | BuildEvent | UnstartedEvent;
  if ("sha" in message) return message;
  const about = "checkEnded" in message ? message.checkEnded["additional-information"] : undefined;
  const requested = about?.environment["environment-variables"].find(({ name }) => name === REQUEST_VARIABLE)?.value;
  const sha = commitOfCheckRequest(("checkEnded" in message ? requested : message.detail.object.key) ?? "");
  if (sha === undefined) throw new Error("The event names no commit");
  if (!("checkEnded" in message)) return { sha, delivery, status: "NOT_STARTED" };
  const log = about?.logs?.["stream-name"];
  const initiator = about?.initiator;
  return { sha, delivery, status: message.checkEnded["build-status"], ...(initiator ? { initiator } : {}), ...(log ? { log } : {}) };
}
