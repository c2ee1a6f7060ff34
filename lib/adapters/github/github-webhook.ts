import { createHmac, timingSafeEqual } from "node:crypto";
import type { ForgeEvent, Webhook } from "../../ports/forge.ts";
import { MERGE_QUEUE } from "./merge-queue.ts";

/** The parts of GitHub's payloads that are read. */
interface Payload {
  action?: string;
  ref?: string;
  after?: string;
  deleted?: boolean;
  repository?: { full_name?: string };
  pull_request?: { number?: number; head?: { sha?: string }; base?: { ref?: string } };
  merge_group?: { head_sha?: string; base_ref?: string };
  check_suite?: Rerun;
  check_run?: Rerun & { name?: string; check_suite?: { head_branch?: string | null } };
  changes?: { base?: object };
}

interface Rerun {
  head_sha?: string;
  head_branch?: string | null;
  pull_requests?: { number?: number }[];
}

const SHA = /^[0-9a-f]{40}$/;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
const NO_COMMIT = /^0+$/;
const BRANCH = "refs/heads/";
/** Actions after which a pull request has a commit that was not checked. */
const PULL_ACTIONS = ["opened", "synchronize", "reopened", "ready_for_review", "edited"];

const other = (reason: string): ForgeEvent => ({ kind: "other", reason });
const isSha = (value: unknown): value is string => typeof value === "string" && SHA.test(value);
const NAMES_NO_COMMIT = other("it names no commit");

function pushEvent({ ref = "", after = "", deleted }: Payload): ForgeEvent {
  if (!ref.startsWith(BRANCH)) return other("it is not about a branch");
  if (ref.startsWith(MERGE_QUEUE)) return other("its merge queue asks for the check");
  if (deleted || NO_COMMIT.test(after)) return other("the branch was deleted");
  return isSha(after) ? { kind: "push", branch: ref.slice(BRANCH.length), sha: after } : NAMES_NO_COMMIT;
}

const pullNumber = (number: unknown): { pull?: number } => (Number.isSafeInteger(number) ? { pull: number as number } : {});

function pullEvent({ action = "", pull_request: pull, changes }: Payload): ForgeEvent {
  if (action === "edited" && !changes?.base) return other("only its text was edited");
  if (!PULL_ACTIONS.includes(action)) return other(`nothing is done when it is ${action}`);
  const { base, head, number } = pull ?? {};
  if (!isSha(head?.sha)) return NAMES_NO_COMMIT;
  return { kind: "pull", branch: base?.ref ?? "", sha: head.sha, ...pullNumber(number) };
}

function mergeGroupEvent({ action = "", merge_group: group }: Payload): ForgeEvent {
  if (action !== "checks_requested") return other(`nothing is done when it is ${action}`);
  if (!isSha(group?.head_sha)) return NAMES_NO_COMMIT;
  const base = group.base_ref ?? "";
  return { kind: "merge-group", branch: base.startsWith(BRANCH) ? base.slice(BRANCH.length) : base, sha: group.head_sha };
}

function rerunEvent({ action, check_suite: suite, check_run: run }: Payload): ForgeEvent {
  if (action !== "rerequested") return other("only a requested re-run matters");
  const { head_sha: sha, pull_requests: pulls } = suite ?? run ?? {};
  if (!isSha(sha)) return NAMES_NO_COMMIT;
  const branch = suite?.head_branch ?? run?.check_suite?.head_branch;
  return { kind: "rerun", sha, ...(run?.name ? { name: run.name } : {}), ...(branch ? { branch } : {}), ...pullNumber(pulls?.[0]?.number) };
}

const EVENTS: Readonly<Record<string, (payload: Payload) => ForgeEvent>> = {
  ping: () => other("pong"),
  push: pushEvent,
  pull_request: pullEvent,
  merge_group: mergeGroupEvent,
  check_suite: rerunEvent,
  check_run: rerunEvent,
};

/** Webhooks of a GitHub App: https://docs.github.com/webhooks */
export const gitHubWebhook: Webhook = {
  identify(headers) {
    const delivery = headers["x-github-delivery"] ?? "";
    const type = headers["x-github-event"] ?? "";
    if (/^[\w-]{1,100}$/.test(delivery) && /^\w{1,50}$/.test(type)) return { delivery, type };
    return { problem: "The header X-GitHub-Delivery or X-GitHub-Event is missing or malformed." };
  },
  signature(headers, body, secret) {
    const given = headers["x-hub-signature-256"] ?? "";
    if (!SIGNATURE.test(given)) return "missing";
    const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    return timingSafeEqual(Buffer.from(given), Buffer.from(expected)) ? "valid" : "wrong";
  },
  repositoryOf: (payload) => (payload as Payload | null)?.repository?.full_name,
  eventOf(type, payload) {
    const read = Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
    return read ? read((payload ?? {}) as Payload) : other(`events of type ${type} are not used`);
  },
};
