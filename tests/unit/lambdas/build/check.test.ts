import { expect, it, onTestFinished, vi } from "vitest";
import { REQUEST_VARIABLE } from "../../../../lib/contract/build-request-object-key.ts";

it("logs why nothing was checked as one line of JSON, and ends with 3", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const { exitCode } = process;
  vi.stubEnv(REQUEST_VARIABLE, "");
  onTestFinished(() => {
    logged.mockRestore();
    vi.unstubAllEnvs();
    process.exitCode = exitCode;
  });
  // The program of a build starts when it is loaded.
  await import("../../../../lambdas/build/check.ts");
  expect(process.exitCode).toBe(3);
  expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual([
    { message: "not checked", error: `The environment variable ${REQUEST_VARIABLE} is not set`, name: "Error" },
  ]);
});
