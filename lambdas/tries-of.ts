import type { SQSRecord } from "aws-lambda";

/** How often a message was delivered, including this delivery. */
export const triesOf = ({ attributes }: Pick<SQSRecord, "attributes">): number => Number(attributes.ApproximateReceiveCount ?? 1);
