import { describe, expect, it } from "vitest";
import { BuildFailedError } from "../../../lambdas/publish/build-failed-error.ts";
import { lastingFailure } from "../../../lambdas/publish/lasting-failure.ts";
import type { PublishedEach } from "../../../lib/publish/publish-each-dataset.ts";

const built = new BuildFailedError("a build failed 3 times");
const other = new Error("KMS is throttled");
const outcomes = (failures: Record<string, Error>, rest: Partial<PublishedEach> = {}): PublishedEach => ({
  published: new Map(),
  failures: new Map(Object.entries(failures)),
  ...rest,
});

describe("a failure that no tick can resolve", () => {
  it("is that of a build that failed for good", () => {
    expect(lastingFailure(outcomes({ a: built, b: new BuildFailedError("of another dataset") }))).toBe(built);
  });

  it.each<[string, PublishedEach]>([
    ["nothing failed", outcomes({})],
    ["another dataset failed as well", outcomes({ a: built, b: other })],
    ["the ends of datasets failed as well", outcomes({ a: built }, { endsFailure: other })],
    ["the home page failed as well", outcomes({ a: built }, { homeFailure: other })],
    ["the signed head failed as well", outcomes({ a: built }, { headFailure: other })],
    ["only the signed head failed", outcomes({}, { headFailure: other })],
  ])("is none if %s", (_when, given) => {
    expect(lastingFailure(given)).toBeUndefined();
  });
});
