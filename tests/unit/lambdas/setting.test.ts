import { afterEach, expect, it, vi } from "vitest";
import { setting } from "../../../lambdas/setting.ts";

afterEach(() => vi.unstubAllEnvs());

it("names a variable of the environment that is not set, or empty", () => {
  vi.stubEnv("FACTPRESS_TEST", "");
  expect(() => setting("FACTPRESS_TEST")).toThrow("The environment variable FACTPRESS_TEST is not set");
  expect(() => setting("FACTPRESS_OTHER")).toThrow("The environment variable FACTPRESS_OTHER is not set");
  vi.stubEnv("FACTPRESS_TEST", "x");
  expect(setting("FACTPRESS_TEST")).toBe("x");
});
