import type { SQSRecord } from "aws-lambda";

/** When the newest run began whose message was given up, in this sandbox: messages come one at a time, mostly to the same one. */
let lastMs = 0;

/** Remembers that a run failed for the last time that its message is tried. */
export const giveUp = (startedMs: number): void => {
  lastMs = Math.max(lastMs, startedMs);
};

/**
 * Whether a run that was given up began after this message was sent: it read the branch with what the message asks for. To try each of many
 * messages would delay the tick, whose failure raises the alarm.
 */
export const isGivenUpAlready = ({ attributes }: Pick<SQSRecord, "attributes">): boolean => Number(attributes.SentTimestamp) < lastMs;
