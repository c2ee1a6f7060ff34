import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CLIENT_LIMITS } from "../../lib/adapters/aws/client-limits.ts";
import { PUBLISH_GROUP, type PublishMessage } from "../messages.ts";
import { setting } from "../setting.ts";

const sqs = new SQSClient(CLIENT_LIMITS);

/** Has a run publish the branch after those that are queued: they come one at a time, so that no two fetch the same commits. */
export async function queuePublishRun(message: PublishMessage, deduplicationId = message.delivery): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: setting("PUBLISH_QUEUE_URL"),
      MessageBody: JSON.stringify(message),
      MessageGroupId: PUBLISH_GROUP,
      MessageDeduplicationId: deduplicationId,
    }),
  );
}
