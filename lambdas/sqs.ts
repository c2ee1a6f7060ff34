import { SQSClient } from "@aws-sdk/client-sqs";
import { CLIENT_LIMITS } from "../lib/adapters/aws/client-limits.ts";

export const sqs = new SQSClient(CLIENT_LIMITS);
