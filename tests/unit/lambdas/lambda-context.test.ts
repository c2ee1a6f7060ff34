import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { errorFields } from "../../../lambdas/error-fields.ts";
import { setting } from "../../../lambdas/setting.ts";
import { emptyTemporaryFolder, temporaryFolder } from "../../../lambdas/temporary-folder.ts";
import { write } from "../../scratch.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the environment of a function", () => {
  it("names a variable that is not set, or empty", () => {
    vi.stubEnv("FACTPRESS_TEST", "");
    expect(() => setting("FACTPRESS_TEST")).toThrow("The environment variable FACTPRESS_TEST is not set");
    expect(() => setting("FACTPRESS_OTHER")).toThrow("The environment variable FACTPRESS_OTHER is not set");
    vi.stubEnv("FACTPRESS_TEST", "x");
    expect(setting("FACTPRESS_TEST")).toBe("x");
  });

  it("starts each run with an empty folder of its own", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", `factpress-test-${process.pid}`);
    expect(temporaryFolder()).toBe(join(tmpdir(), `factpress-test-${process.pid}`));
    await write(temporaryFolder(), { "left/over.json": "" });
    await emptyTemporaryFolder();
    expect([existsSync(temporaryFolder()), existsSync(join(temporaryFolder(), "left"))]).toEqual([true, false]);
    await rm(temporaryFolder(), { recursive: true });
  });
});

describe("an error in the log", () => {
  it("is its message, name and status, and nothing of its request", () => {
    const failed = Object.assign(new TypeError("no"), { status: 502, request: { headers: { authorization: "token" } } });
    expect(errorFields(failed)).toEqual({ error: "no", name: "TypeError", status: 502 });
    expect(errorFields("text")).toEqual({ error: "text" });
    expect(errorFields(new Error("x".repeat(3_000))).error).toHaveLength(2_000);
  });
});
