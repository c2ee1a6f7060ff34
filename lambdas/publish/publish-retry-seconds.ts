/** Seconds until a message that failed is handed out again, by how often it was. After that it is given up: the next tick does its work. */
export const PUBLISH_RETRY_SECONDS = [30, 120];
