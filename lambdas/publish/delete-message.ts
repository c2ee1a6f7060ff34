import { DeleteMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { sqs } from "../sqs.ts";

/** Deletes a message from its queue, so that the function can fail without a retry. */
export async function deleteMessage(queueUrl: string, { receiptHandle }: Pick<SQSRecord, "receiptHandle">): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}
