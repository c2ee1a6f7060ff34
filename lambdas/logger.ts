import { Logger } from "@aws-lambda-powertools/logger";

/** Structured lines: JSON, so that untrusted text cannot forge a log line. */
export const logger = new Logger({ serviceName: "factpress" });
