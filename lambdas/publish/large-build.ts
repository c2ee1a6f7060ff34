import { BUILD_REQUEST_KEY } from "../../lib/contract/build-request-key.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { FetchLimits } from "../../lib/ports/forge.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { parseStoredJson } from "../../lib/render/parse-stored-json.ts";
import { type BuildRequest, parseBuildRequest } from "../build-request.ts";
import type { BuildStatus } from "../messages.ts";

/** Whether this deployment has builds. */
export const hasLargeBuilds = (): boolean => process.env["LARGE_BUILDS"] === "true";

/** Maximum of one dataset of a commit that a build publishes: files as for the command line, and a file that one PutObject (5 GB) takes. */
export const BUILD_LIMITS: FetchLimits = { files: 20_000, fileBytes: 100 * 1024 * 1024, totalBytes: 4 * 1024 ** 3, depth: 7 };

/** Maximum commits that the run after a build reports on. */
const MAX_TIPS = 10;

/** Maximum builds for one commit at the tip. */
const MAX_TRIES = 3;

/** Longer than a build may wait and run (lib/infra/add-large-builds.ts): an end that was never reported does not block the next one. */
const LEASE_MS = 6 * 3_600_000;

const END_KEY = ".factpress/large-build-end.json";

interface BuildEnd {
  /** `at` of the request. */
  of: string;
  status: string;
}

type BuildStore = Pick<Store, "get" | "putIfMatch">;

async function readBuilds(
  store: BuildStore,
): Promise<{ request?: BuildRequest; etag: string | null; end?: BuildEnd; endEtag: string | null }> {
  const [stored, ended] = [await store.get(BUILD_REQUEST_KEY), await store.get(END_KEY)];
  const request = stored && parseBuildRequest(stored.bytes);
  const { of, status } = ((ended && parseStoredJson(ended.bytes)) ?? {}) as Partial<Record<keyof BuildEnd, unknown>>;
  const end = typeof of === "string" && typeof status === "string" ? { of, status } : undefined;
  return { ...(request ? { request } : {}), etag: stored?.etag ?? null, ...(end ? { end } : {}), endEtag: ended?.etag ?? null };
}

const toBytes = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** Remembers how the requested build ended. Returns what was requested. */
export async function endLargeBuild(store: BuildStore, status: BuildStatus): Promise<BuildRequest | undefined> {
  const { request, end, endEtag } = await readBuilds(store);
  // A concurrent run of the same event may win: it wrote the same.
  if (request && end?.of !== request.at) await store.putIfMatch(END_KEY, toBytes({ of: request.at, status }), endEtag);
  return request;
}

/** `requested`: by this call. `running`: by an earlier one. `failed`: builds for this tip ended, and changed nothing. */
export type LargeBuild = { state: "requested" | "running" } | { state: "failed"; why: string };

/** Requests a build of datasets, unless one runs. The store's event about the request starts it. */
export async function requestLargeBuild(
  store: BuildStore,
  { tip, datasets, isForced }: { tip: string; datasets: readonly string[]; isForced: boolean },
  now: Date,
): Promise<LargeBuild> {
  const { request, etag, end } = await readBuilds(store);
  const hasEnded = request === undefined || end?.of === request.at;
  if (!hasEnded && now.getTime() - Date.parse(request.at) < LEASE_MS) return { state: "running" };
  const tries = request?.tips.at(-1) === tip && !isForced ? request.tries : 0;
  if (tries >= MAX_TRIES || (tries > 0 && hasEnded && end?.status === "TIMED_OUT"))
    return {
      state: "failed",
      why: `a build was tried ${plural(tries, "time")} (${hasEnded ? end?.status : "its end was never reported"})`,
    };
  const tips = [...(request?.tips ?? []).filter((commit) => commit !== tip), tip].slice(-MAX_TIPS);
  const next: BuildRequest = { tips, datasets: [...datasets], tries: tries + 1, at: now.toISOString() };
  const written = await store.putIfMatch(BUILD_REQUEST_KEY, toBytes(next), etag);
  return { state: written === undefined ? "running" : "requested" };
}
