import { DeleteMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { sqs } from "../sqs.ts";

/** Takes a message out of its queue, so that the function can fail without trying it again. */
export async function deleteMessage(queueUrl: string, { receiptHandle }: Pick<SQSRecord, "receiptHandle">): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}
