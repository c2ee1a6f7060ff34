import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { setting } from "../setting.ts";
import { sqs } from "../sqs.ts";

/** Maximum time that a message is postponed: twice the hour after which a forge's limit resets. */
const MAX_POSTPONED_MS = 2 * 3_600_000;

/** Maximum delay of a message in SQS. */
const MAX_DELAY_SECONDS = 900;

/**
 * Requeues a message until the forge accepts requests again, without counting a delivery. False if the message was postponed for too long:
 * then the queue counts deliveries, and a dead letter raises an alarm.
 */
export async function postpone(body: string, seconds: number): Promise<boolean> {
  const message = JSON.parse(body) as { postponedSince?: string };
  const { postponedSince = new Date().toISOString() } = message;
  if (Date.now() - Date.parse(postponedSince) > MAX_POSTPONED_MS) return false;
  const command = new SendMessageCommand({
    QueueUrl: setting("VALIDATE_QUEUE_URL"),
    MessageBody: JSON.stringify({ ...message, postponedSince }),
    DelaySeconds: Math.min(Math.ceil(seconds), MAX_DELAY_SECONDS),
  });
  await sqs.send(command);
  return true;
}
