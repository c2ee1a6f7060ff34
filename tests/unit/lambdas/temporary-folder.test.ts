import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { emptyTemporaryFolder, temporaryFolder } from "../../../lambdas/temporary-folder.ts";
import { write } from "../../scratch.ts";

afterEach(() => vi.unstubAllEnvs());

it("is a folder of each function's own, and empty when a run starts", async () => {
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", `factpress-test-${process.pid}`);
  expect(temporaryFolder()).toBe(join(tmpdir(), `factpress-test-${process.pid}`));
  await write(temporaryFolder(), { "left/over.json": "" });
  await emptyTemporaryFolder();
  expect([existsSync(temporaryFolder()), existsSync(join(temporaryFolder(), "left"))]).toEqual([true, false]);
  await rm(temporaryFolder(), { recursive: true });
});
