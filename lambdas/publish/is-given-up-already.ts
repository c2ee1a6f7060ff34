import type { SQSRecord } from "aws-lambda";

/** Start of the newest run whose message was dropped, in this sandbox. Messages are delivered one at a time, usually to the same sandbox. */
let lastMs = 0;

/** Call this when a run failed on the last try of its message. */
export const giveUp = (startedMs: number): void => {
  lastMs = Math.max(lastMs, startedMs);
};

/**
 * Whether a dropped run started after this message was sent, so that it already tried to publish the same commits. Trying each of many
 * messages would delay the tick, whose failure raises the alarm.
 */
export const isGivenUpAlready = ({ attributes }: Pick<SQSRecord, "attributes">): boolean => Number(attributes.SentTimestamp) < lastMs;
