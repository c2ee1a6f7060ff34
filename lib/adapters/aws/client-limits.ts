/** Timeouts for clients with small requests and responses. By default, the SDK only logs a warning when a request times out. */
export const CLIENT_LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};
