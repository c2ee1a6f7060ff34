/** Seconds until a failed message is redelivered, by its number of deliveries. Then it is dropped, because the next tick does its work. */
export const PUBLISH_RETRY_SECONDS = [30, 120];
