import { expect, it } from "vitest";
import { errorFields } from "../../../lambdas/error-fields.ts";

it("reports message, name and status of an error, and nothing of its request", () => {
  const failed = Object.assign(new TypeError("no"), { status: 502, request: { headers: { authorization: "token" } } });
  expect(errorFields(failed)).toEqual({ error: "no", name: "TypeError", status: 502 });
  expect(errorFields("text")).toEqual({ error: "text" });
  expect(errorFields(new Error("x".repeat(3_000))).error).toHaveLength(2_000);
});
