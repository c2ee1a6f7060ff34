import { describe, expect, it, onTestFinished, vi } from "vitest";
import { logger } from "../../../lambdas/logger.ts";
import {
  CHECK_LEASE_MS,
  repeatCheckBuildRequest,
  requestCheckBuild,
  requestedCheckBuild,
} from "../../../lambdas/validate/request-check-build.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { checkRequestObjectKey } from "../../../lib/contract/check-request-object-key.ts";
import type { Forge } from "../../../lib/ports/forge.ts";

const SHA = "a".repeat(40);
const START = Date.parse("2024-01-01T00:00:00Z");
const at = (ms: number): string => new Date(START + ms).toISOString();
const ask = (store: ReturnType<typeof memoryStore>, ms: number, { again = false, hasVerdict = false } = {}) =>
  requestCheckBuild(store, SHA, { at: at(ms), again, hasVerdict });
const stored = (objects: ReadonlyMap<string, Uint8Array>): unknown =>
  JSON.parse(Buffer.from(objects.get(checkRequestObjectKey(SHA)) ?? "").toString());

describe("the request of a build that checks a commit", () => {
  it("is made once, and is lost once its end is long overdue", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    expect(await Promise.all([ask(store, 0), ask(store, 0)])).toEqual(["requested", "running"]);
    expect(await ask(store, CHECK_LEASE_MS - 1)).toBe("running");
    expect(await ask(store, CHECK_LEASE_MS)).toBe("lost");
    expect(stored(objects)).toEqual({ at: at(0) });
  });

  it("is re-sent on request, unless a build runs", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    await ask(store, 0);
    expect(await ask(store, 1, { again: true })).toBe("running");
    expect(await ask(store, 2, { again: true, hasVerdict: true })).toBe("requested");
    expect(stored(objects)).toMatchObject({ at: at(2) });
    expect(await ask(store, 2 + CHECK_LEASE_MS, { again: true })).toBe("requested");
  });

  it("is repeated for two hours while no build can be started, with the time when it was first made", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    expect(await repeatCheckBuildRequest(store, SHA, new Date(START))).toBe(false);
    // S3 answers so to a role that may not list the bucket.
    const refused = Object.assign(new Error("Access Denied"), { $metadata: { httpStatusCode: 403 } });
    const hidden = { ...store, get: () => Promise.reject(refused) };
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    expect(await repeatCheckBuildRequest(hidden, SHA, new Date(START))).toBe(false);
    // Nor to a role whose permission is missing: the log tells of it.
    expect(warn.mock.calls).toEqual([
      [
        "the request of a check build was deleted, or may not be read",
        expect.objectContaining({ key: checkRequestObjectKey(SHA), error: "Access Denied" }),
      ],
    ]);
    const failing = { ...store, get: () => Promise.reject(Object.assign(new Error("Slow Down"), { $metadata: { httpStatusCode: 503 } })) };
    await expect(repeatCheckBuildRequest(failing, SHA, new Date(START))).rejects.toThrow("Slow Down");
    await ask(store, 0);
    expect(await repeatCheckBuildRequest(store, SHA, new Date(START + 2 * 3_600_000 - 1))).toBe(true);
    expect(stored(objects)).toMatchObject({ at: at(0) });
    expect(await repeatCheckBuildRequest(store, SHA, new Date(START + 2 * 3_600_000))).toBe(false);
  });

  it("that is damaged is lost, and re-sent on request", async () => {
    const store = memoryStore(new Map([[checkRequestObjectKey(SHA), Buffer.from('{"at":"never"}')]]));
    expect(await ask(store, 0)).toBe("lost");
    expect(await ask(store, 0, { again: true })).toBe("requested");
  });

  it("contains what a clone lacks, and is made only for a public repository", async () => {
    const now = new Date(START);
    const methods = { merge: true, squash: false, rebase: false };
    const forge = (isPublic: boolean, methods?: object) =>
      ({ isPublic: async () => isPublic, mergeMethods: async () => methods }) as unknown as Forge;
    expect(await requestedCheckBuild(forge(true, methods), now)).toEqual({ methods, at: at(0) });
    expect(await requestedCheckBuild(forge(true), now)).toEqual({ at: at(0) });
    expect(await requestedCheckBuild(forge(false, methods), now)).toBeUndefined();
  });
});
