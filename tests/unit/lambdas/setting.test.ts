import { afterEach, expect, it, vi } from "vitest";
import { setting } from "../../../lambdas/setting.ts";

afterEach(() => vi.unstubAllEnvs());

it("names a variable of the environment that is not set, or empty", () => {
  vi.stubEnv("BUCKET", "");
  expect(() => setting("BUCKET")).toThrow("The environment variable BUCKET is not set");
  expect(() => setting("SITE_URL")).toThrow("The environment variable SITE_URL is not set");
  vi.stubEnv("BUCKET", "x");
  expect(setting("BUCKET")).toBe("x");
});
