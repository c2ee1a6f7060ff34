import { expect, it } from "vitest";
import { parseMessage } from "../../../lambdas/validate/parse-message.ts";

const SHA = "a".repeat(40);
const KEY = `.factpress/checks/${SHA}.json`;
const variables = (value: string) => [
  { name: "BRANCH", value: "main" },
  { name: "CHECK_REQUEST", value },
];
const parse = (message: unknown) => parseMessage(JSON.stringify(message), "id");

it("reads what receive and publish send, the end of a build, and a request that started none", () => {
  expect(parse({ sha: SHA, delivery: "d", pull: 1 })).toEqual({ sha: SHA, delivery: "d", pull: 1 });
  const ended = { checkEnded: { status: "SUCCEEDED", log: "stream", variables: variables(KEY) } };
  expect(parse(ended)).toEqual({ sha: SHA, delivery: "id", status: "SUCCEEDED", log: "stream" });
  const withoutLog = { checkEnded: { status: "FAULT", log: null, variables: variables(KEY) } };
  expect(parse(withoutLog)).toEqual({ sha: SHA, delivery: "id", status: "FAULT" });
  expect(parse({ source: "aws.s3", detail: { object: { key: KEY } } })).toEqual({ sha: SHA, delivery: "id", status: "NOT_STARTED" });
});

it.each([
  ["an end without its request", { checkEnded: { status: "SUCCEEDED", variables: [] } }],
  ["the request of another kind", { checkEnded: { status: "SUCCEEDED", variables: variables(".factpress/large-build.json") } }],
  ["a request beside the others", { detail: { object: { key: `.factpress/checks/../${SHA}.json` } } }],
])("fails for %s", (_what, message) => {
  expect(() => parse(message)).toThrow("names no commit");
});
