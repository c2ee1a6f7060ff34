import { Duration, type Stack } from "aws-cdk-lib";
import * as sqs from "aws-cdk-lib/aws-sqs";

/**
 * Adds a queue and its dead-letter queue. Messages are delivered up to five times, with a visibility timeout longer than the function's
 * (lambdas/validate/handler.ts relies on both). A function that fails makes its message visible sooner (lambdas/redeliver-after.ts).
 */
export function addQueue(stack: Stack, name: string, fifo: boolean, timeout: Duration): [sqs.Queue, sqs.Queue] {
  const common = {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // No deduplication by content, because two pushes of the same content are distinct.
    ...(fifo ? { fifo: true, contentBasedDeduplication: false } : {}),
  };
  const dead = new sqs.Queue(stack, `${name}DeadLetters`, { ...common, retentionPeriod: Duration.days(14) });
  const queue = new sqs.Queue(stack, `${name}Queue`, {
    ...common,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(timeout.toSeconds() * (fifo ? 1 : 2) + 30),
    deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
  });
  return [queue, dead];
}
