import { BUILD_REQUEST_OBJECT_KEY } from "../../lib/contract/build-request-object-key.ts";
import { plural } from "../../lib/contract/plural.ts";
import { PRIVATE_FOLDER } from "../../lib/contract/private-folder.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { parseStoredJson } from "../../lib/render/parse-stored-json.ts";
import { type BuildRequest, parseBuildRequest } from "../build-request.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import type { BuildStatus } from "../messages.ts";

/** Maximum commits reported by the run after a build. */
const MAX_TIPS = 10;

/** Maximum builds for one tip. A request that no build has started costs nothing and does not count. */
const MAX_TRIES = 3;

/**
 * How long a request blocks the next one: longer than a build may be queued, and from its start longer than a build may run
 * (lib/infra/add-builds.ts). A build whose end is never reported does not block forever.
 */
const START_LEASE_MS = 2.5 * 3_600_000;
const RUN_LEASE_MS = 4.5 * 3_600_000;

const END_KEY = `${PRIVATE_FOLDER}/large-build-end.json`;

/** The outcome of a request. */
interface BuildEnd {
  /** `at` of the request. */
  of: string;
  /** When a build started, RFC 3339. */
  startedAt?: string;
  /** The status with which the build ended; missing while it runs. */
  status?: string;
  /** The commits have been reported on. */
  isReported?: boolean;
}

type BuildStore = Pick<Store, "get" | "putIfMatch">;

function parseEnd(bytes: Uint8Array, request: BuildRequest): BuildEnd {
  const { of, startedAt, status, isReported } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof BuildEnd, unknown>>;
  if (of !== request.at) return { of: request.at };
  const isTime = typeof startedAt === "string" && !Number.isNaN(Date.parse(startedAt));
  return {
    of,
    ...(isTime ? { startedAt } : {}),
    ...(typeof status === "string" ? { status } : {}),
    ...(isReported === true ? { isReported } : {}),
  };
}

interface StoredBuild {
  request: BuildRequest;
  etag: string | null;
  end: BuildEnd;
  endEtag: string | null;
}

/** The newest request and its outcome. */
async function readBuild(store: BuildStore): Promise<StoredBuild | { request: undefined; etag: string | null }> {
  const stored = await store.get(BUILD_REQUEST_OBJECT_KEY);
  const request = stored && parseBuildRequest(stored.bytes);
  if (!request) return { request: undefined, etag: stored?.etag ?? null };
  const ended = await store.get(END_KEY);
  const end = ended ? parseEnd(ended.bytes, request) : { of: request.at };
  return { request, etag: stored.etag, end, endEtag: ended?.etag ?? null };
}

const toBytes = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** A concurrent run may win. Losing this record costs at most a duplicate report or a longer wait. */
const writeEnd = async (store: BuildStore, { end, endEtag }: StoredBuild, more: Partial<BuildEnd>): Promise<void> =>
  void (await store.putIfMatch(END_KEY, toBytes({ ...end, ...more }), endEtag));

/** Records that a build has started on the request. Returns the request. */
export async function startLargeBuild(store: BuildStore, now: Date): Promise<BuildRequest | undefined> {
  const build = await readBuild(store);
  if (build.request && build.end.status === undefined) await writeEnd(store, build, { startedAt: now.toISOString() });
  return build.request;
}

const isOverdue = (request: BuildRequest, { startedAt }: BuildEnd, now: Date): boolean =>
  startedAt === undefined
    ? now.getTime() - Date.parse(request.at) >= START_LEASE_MS
    : now.getTime() - Date.parse(startedAt) >= RUN_LEASE_MS;

/**
 * Records how the requested build ended. Returns the request. `at`: time of the event, RFC 3339. A duplicate event that arrives after
 * another build was requested is ignored.
 */
export async function endLargeBuild(store: BuildStore, status: BuildStatus, at?: string): Promise<BuildRequest | undefined> {
  const build = await readBuild(store);
  if (build.request && at !== undefined && Date.parse(at) < Date.parse(build.request.at)) return build.request;
  if (build.request && build.end.status === undefined) await writeEnd(store, build, { status });
  return build.request;
}

/** Releases made by builds and not yet reported. `setReported` marks them as reported. */
export interface UnreportedBuild {
  commits: readonly string[];
  datasets: readonly string[];
  setReported(): Promise<void>;
}

/** The newest request, if its commits await their reports. `left`: this run left something to a build, so a later run reports. */
export async function unreportedLargeBuild(
  store: BuildStore,
  left: "requested" | "running" | undefined,
): Promise<UnreportedBuild | undefined> {
  if (left !== undefined || !hasLargeBuilds()) return undefined;
  const build = await readBuild(store);
  if (!build.request || build.end.isReported) return undefined;
  const { tips: commits, datasets } = build.request;
  return { commits, datasets, setReported: () => writeEnd(store, build, { isReported: true }) };
}

/** `requested`: by this call. `running`: by an earlier call. `failed`: builds for this tip ended without progress. */
export type LargeBuild = { state: "requested" | "running" } | { state: "failed"; why: string };

/** Requests a build of datasets unless one is running. The store's event for the request object starts the build. */
export async function requestLargeBuild(
  store: BuildStore,
  { tip, datasets, isForced }: { tip: string; datasets: readonly string[]; isForced: boolean },
  now: Date,
): Promise<LargeBuild> {
  const build = await readBuild(store);
  const { request, etag } = build;
  const status = build.request && build.end.status;
  if (build.request && status === undefined && !isOverdue(build.request, build.end, now)) return { state: "running" };
  const wasTried = build.request !== undefined && (status !== undefined || build.end.startedAt !== undefined);
  const tries = request?.tips.at(-1) === tip && !isForced ? request.tries - (wasTried ? 0 : 1) : 0;
  if (tries >= MAX_TRIES || (tries > 0 && status === "TIMED_OUT"))
    return { state: "failed", why: `a build failed ${plural(tries, "time")} (${status ?? "its end was never reported"})` };
  const tips = [...(request?.tips ?? []).filter((commit) => commit !== tip), tip].slice(-MAX_TIPS);
  const next: BuildRequest = { tips, datasets: [...datasets], tries: tries + 1, at: now.toISOString() };
  const written = await store.putIfMatch(BUILD_REQUEST_OBJECT_KEY, toBytes(next), etag);
  return { state: written === undefined ? "running" : "requested" };
}
