import { ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { sqs } from "./sqs.ts";

/**
 * Makes the queue redeliver a failed message after `seconds`. By default, the message and all later ones of its group wait for the
 * visibility timeout (lib/infra/add-queue.ts).
 */
export async function redeliverAfter(
  queueUrl: string,
  { receiptHandle }: Pick<SQSRecord, "receiptHandle">,
  seconds: number,
): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
}
