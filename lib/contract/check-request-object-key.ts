import { CHECK_REQUESTS } from "./build-request-object-key.ts";

export const checkRequestObjectKey = (sha: string): string => `${CHECK_REQUESTS}${sha}.json`;

/** The commit that a request is about; undefined for any other key. */
export const commitOfCheckRequest = (key: string): string | undefined =>
  key.startsWith(CHECK_REQUESTS) ? /^([0-9a-f]{40,64})\.json$/.exec(key.slice(CHECK_REQUESTS.length))?.[1] : undefined;
