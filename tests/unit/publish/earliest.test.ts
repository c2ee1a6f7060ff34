import { expect, it } from "vitest";
import { earliest } from "../../../lib/publish/earliest.ts";

it("the earlier of two times, or the only one", () => {
  const [a, b] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
  expect([earliest(a, b), earliest(b, a), earliest(a, undefined), earliest(undefined, b), earliest(undefined, undefined)]).toEqual([
    a,
    a,
    a,
    b,
    undefined,
  ]);
});
