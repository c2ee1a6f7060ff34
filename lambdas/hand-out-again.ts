import { ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { sqs } from "./sqs.ts";

/**
 * Has the queue hand out a failed message again after these seconds. Otherwise it waits for longer than a function may run
 * (lib/infra/add-queue.ts), and so do all later ones of its group.
 */
export async function handOutAgain(queueUrl: string, { receiptHandle }: Pick<SQSRecord, "receiptHandle">, seconds: number): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
}
