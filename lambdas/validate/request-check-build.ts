import { checkRequestObjectKey } from "../../lib/contract/check-request-object-key.ts";
import type { Forge } from "../../lib/ports/forge.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { type CheckRequest, parseCheckRequest } from "../check-request.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";

/**
 * Longer than a build may be queued and run (lib/infra/add-builds.ts). A build whose end is never reported does not block a commit forever.
 */
export const CHECK_LEASE_MS = 4 * 3_600_000;

/** How long a request is re-sent while other builds keep it from starting. */
const CHECK_WAIT_MS = 2 * 3_600_000;

/** `requested`: by this call. `running`: by an earlier call. `lost`: by an earlier call, and its end was never reported. */
export type CheckBuild = "requested" | "running" | "lost";

/**
 * Requests one build that checks a commit, regardless of the number of messages. `again`: a rerun was requested, and starts unless a build
 * is running. The store's event for the request object starts the build.
 */
export async function requestCheckBuild(
  store: Pick<Store, "get" | "putIfMatch">,
  sha: string,
  { again, hasVerdict, ...request }: CheckRequest & { again: boolean; hasVerdict: boolean },
): Promise<CheckBuild> {
  const key = checkRequestObjectKey(sha);
  const bytes = Buffer.from(`${JSON.stringify(request satisfies CheckRequest)}\n`);
  if ((await store.putIfMatch(key, bytes, null)) !== undefined) return "requested";
  const stored = await store.get(key);
  const before = stored && parseCheckRequest(stored.bytes);
  const isOld = !before || Date.parse(request.at) - Date.parse(before.at) >= CHECK_LEASE_MS;
  if (again && stored && (isOld || hasVerdict))
    return (await store.putIfMatch(key, bytes, stored.etag)) === undefined ? "running" : "requested";
  return isOld ? "lost" : "running";
}

/**
 * A stored request; undefined if it was deleted. To a role without permission to list the bucket, AWS denies access to a missing object.
 */
async function storedRequest(store: Pick<Store, "get">, key: string): Promise<Awaited<ReturnType<Store["get"]>>> {
  try {
    return await store.get(key);
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 403) throw error;
    logger.warn("the request of a check build was deleted, or may not be read", { key, ...errorFields(error) });
    return undefined;
  }
}

/** Re-sends a request for which no build was started. False if the request has expired or was deleted. */
export async function repeatCheckBuildRequest(store: Pick<Store, "get" | "putIfMatch">, sha: string, now: Date): Promise<boolean> {
  const key = checkRequestObjectKey(sha);
  const stored = await storedRequest(store, key);
  const request = stored && parseCheckRequest(stored.bytes);
  if (!request || now.getTime() - Date.parse(request.at) >= CHECK_WAIT_MS) return false;
  // If a concurrent run was faster, a build is requested all the same.
  await store.putIfMatch(key, stored.bytes, stored.etag);
  return true;
}

/** The request for a build. Undefined if the repository is private, because check builds have no credentials to clone it. */
export async function requestedCheckBuild(forge: Forge, now: Date): Promise<CheckRequest | undefined> {
  if (!(await forge.isPublic())) return undefined;
  const methods = await forge.mergeMethods();
  return { ...(methods ? { methods } : {}), at: now.toISOString() };
}
