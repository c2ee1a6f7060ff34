import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { PUBLISH_GROUP, type PublishMessage } from "../messages.ts";
import { setting } from "../setting.ts";
import { sqs } from "../sqs.ts";

/** Queues a run that publishes the branch. Runs are delivered one at a time, so no two fetch the same commits. */
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
