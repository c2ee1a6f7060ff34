import type { SQSRecord } from "aws-lambda";

/** How often a message was handed out, this time included. */
export const triesOf = ({ attributes }: Pick<SQSRecord, "attributes">): number => Number(attributes.ApproximateReceiveCount ?? 1);
