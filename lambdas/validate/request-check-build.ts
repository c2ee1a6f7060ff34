import { checkRequestKey } from "../../lib/contract/check-request-key.ts";
import type { Forge } from "../../lib/ports/forge.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { type CheckRequest, parseCheckRequest } from "../check-request.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";

/** Longer than a build may wait and run (lib/infra/add-builds.ts): an end that was never reported does not block a commit for ever. */
export const CHECK_LEASE_MS = 4 * 3_600_000;

/** How long a request is re-sent if no build could start because others were running. */
const CHECK_WAIT_MS = 2 * 3_600_000;

/** `requested`: by this call. `running`: by an earlier one. `lost`: by an earlier one, and its end was never reported. */
export type CheckBuild = "requested" | "running" | "lost";

/**
 * Requests the build that checks a commit: one, regardless of the number of messages. `again`: a new run was requested, and is started
 * unless a build runs. The store's event about the request starts it.
 */
export async function requestCheckBuild(
  store: Pick<Store, "get" | "putIfMatch">,
  sha: string,
  { again, hasVerdict, ...request }: CheckRequest & { again: boolean; hasVerdict: boolean },
): Promise<CheckBuild> {
  const key = checkRequestKey(sha);
  const bytes = Buffer.from(`${JSON.stringify(request satisfies CheckRequest)}\n`);
  if ((await store.putIfMatch(key, bytes, null)) !== undefined) return "requested";
  const stored = await store.get(key);
  const before = stored && parseCheckRequest(stored.bytes);
  const isOld = !before || Date.parse(request.at) - Date.parse(before.at) >= CHECK_LEASE_MS;
  if (again && stored && (isOld || hasVerdict))
    return (await store.putIfMatch(key, bytes, stored.etag)) === undefined ? "running" : "requested";
  return isOld ? "lost" : "running";
}

/** A request; undefined if it was deleted. A role that may not list the bucket is refused an object that is missing, as it is for other reasons. */
async function storedRequest(store: Pick<Store, "get">, key: string): Promise<Awaited<ReturnType<Store["get"]>>> {
  try {
    return await store.get(key);
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 403) throw error;
    logger.warn("the request of a check build was deleted, or may not be read", { key, ...errorFields(error) });
    return undefined;
  }
}

/** Re-sends a request that no build was started for. False if it has waited long enough, or was deleted. */
export async function repeatCheckBuildRequest(store: Pick<Store, "get" | "putIfMatch">, sha: string, now: Date): Promise<boolean> {
  const key = checkRequestKey(sha);
  const stored = await storedRequest(store, key);
  const request = stored && parseCheckRequest(stored.bytes);
  if (!request || now.getTime() - Date.parse(request.at) >= CHECK_WAIT_MS) return false;
  // If another run was faster, a build is requested as well.
  await store.putIfMatch(key, stored.bytes, stored.etag);
  return true;
}

/** The request to a build. Undefined if the repository is private: a build that checks has no secret to clone it with. */
export async function requestedCheckBuild(forge: Forge, now: Date): Promise<CheckRequest | undefined> {
  if (!(await forge.isPublic())) return undefined;
  const methods = await forge.mergeMethods();
  return { ...(methods ? { methods } : {}), at: now.toISOString() };
}
