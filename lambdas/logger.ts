import { Logger } from "@aws-lambda-powertools/logger";

/** Structured lines: JSON, so that nothing of a stranger's text can look like a line of ours. */
export const logger = new Logger({ serviceName: "factpress" });
