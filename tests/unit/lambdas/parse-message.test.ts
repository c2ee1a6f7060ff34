import { expect, it } from "vitest";
import { parseMessage } from "../../../lambdas/validate/parse-message.ts";

const SHA = "a".repeat(40);
const KEY = `.factpress/checks/${SHA}.json`;
/** The end of a build as CodeBuild tells it. */
const ended = (status: string, value: string, logs?: object) => ({
  checkEnded: {
    "build-status": status,
    "additional-information": {
      initiator: "rule/requested",
      environment: {
        "environment-variables": [
          { name: "BRANCH", value: "main", type: "PLAINTEXT" },
          { name: "CHECK_REQUEST", value, type: "PLAINTEXT" },
        ],
      },
      ...(logs ? { logs } : {}),
    },
  },
});
const parse = (message: unknown) => parseMessage(JSON.stringify(message), "id");

it("reads what receive and publish send, the end of a build, and a request that started none", () => {
  expect(parse({ sha: SHA, delivery: "d", pull: 1 })).toEqual({ sha: SHA, delivery: "d", pull: 1 });
  expect(parse(ended("SUCCEEDED", KEY, { "stream-name": "stream" }))).toEqual({
    sha: SHA,
    delivery: "id",
    status: "SUCCEEDED",
    initiator: "rule/requested",
    log: "stream",
  });
  for (const logs of [undefined, {}, { "stream-name": null }])
    expect(parse(ended("FAULT", KEY, logs))).toEqual({ sha: SHA, delivery: "id", status: "FAULT", initiator: "rule/requested" });
  expect(parse({ source: "aws.s3", detail: { object: { key: KEY } } })).toEqual({ sha: SHA, delivery: "id", status: "NOT_STARTED" });
});

it.each([
  ["an end without its request", ended("SUCCEEDED", "")],
  ["the request of another kind", ended("SUCCEEDED", ".factpress/large-build.json")],
  ["a request beside the others", { detail: { object: { key: `.factpress/checks/../${SHA}.json` } } }],
])("fails for %s", (_what, message) => {
  expect(() => parse(message)).toThrow("names no commit");
});
