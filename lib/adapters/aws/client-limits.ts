/** For clients whose requests and answers are small. A request that takes too long only makes the SDK warn, unless it is told to throw. */
export const CLIENT_LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
};
