/** Where `publish` asks for a build of large datasets. Each time it is written, a build starts. */
export const BUILD_REQUEST_KEY = ".factpress/large-build.json";

/** Where `validate` asks for builds that check commits, one object a commit. Each time one is written, a build starts. */
export const CHECK_REQUESTS = ".factpress/checks/";

export const checkRequestKey = (sha: string): string => `${CHECK_REQUESTS}${sha}.json`;

/** The commit that a request is about; undefined for any other key. */
export const commitOfRequest = (key: string): string | undefined => /^\.factpress\/checks\/([0-9a-f]{40,64})\.json$/.exec(key)?.[1];

/** The environment variable that tells the build of a check the key of its request. */
export const REQUEST_VARIABLE = "CHECK_REQUEST";
