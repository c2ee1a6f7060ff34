import { Logger } from "@aws-lambda-powertools/logger";

/** Logs lines of JSON, so that untrusted text cannot forge a log line. */
export const logger = new Logger({ serviceName: "factpress" });
