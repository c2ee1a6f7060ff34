import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { sqs } from "../sqs.ts";

const STATES = ["", "NotVisible", "Delayed"] as const;

/** Whether a queue has waiting or in-flight messages. SQS counts are approximate. */
export async function isQueueBusy(queueUrl: string): Promise<boolean> {
  const names = STATES.map((state) => `ApproximateNumberOfMessages${state}` as const);
  const found = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: names }));
  return names.some((name) => Number(found.Attributes?.[name] ?? 0) > 0);
}
