import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PUBLISH_RETRY_SECONDS } from "../../../lambdas/publish/publish-retry-seconds.ts";
import { withBlock } from "../../generated-docs.ts";
import { mailsOf, type Samples } from "../../mails-of.ts";
import { ROOT } from "../../scratch.ts";
import { synthHere } from "../../servers/synth.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICK = 15 * MINUTE;
/** A function that meets a forge which does not answer tries for as long as this. */
const FAILING_RUN_SECONDS = 60;
/** A message that always fails waits for as long as this, and is given up. */
const GIVEN_UP_SECONDS = PUBLISH_RETRY_SECONDS.reduce((sum, seconds) => sum + seconds + FAILING_RUN_SECONDS, FAILING_RUN_SECONDS);
/** The signed head is renewed each day, and valid for three (lib/release/signed-head.ts). */
const HEAD_SECONDS = 3 * DAY;

/** A message of which Lambda throttles each delivery is a dead letter after five visibility timeouts, and expires (lib/infra/add-queue.ts). */
const [DEAD_SECONDS, DEAD_LETTER_SECONDS] = [5 * 630, 14 * DAY];

const template = synthHere({ largeBuilds: "small" });

/** What a cause does for as long as it lasts. tests/suites/aws/chain.test.ts shows that functions do this. */
interface Cause {
  tickFails?: boolean;
  /** A run that a push asks for fails. It counts as no error of the function: the message is tried again, and given up. */
  runFails?: boolean;
  /** The forge refuses reports. */
  refused?: boolean;
  webhooks?: "wrong signature" | "not queued" | "missing";
  /** Requests of third parties to the webhook's address, each hour, which are refused. */
  scans?: number;
  /** The same with a signature, as if they were webhooks. */
  forged?: number;
  stopped?: "ticks" | "canary" | "throttled" | "messages";
  edge?: "throws" | "5xx";
  isTampered?: boolean;
  /** A catalogue in the store: the canary sees it, and publish a day later or at a push. */
  isCatalogueTampered?: boolean;
  /** S3 does not answer; without readers, the edge has no errors to show. */
  storeDown?: "read" | "unread";
  /** The dead letters that the cause leaves are not moved back, until they expire. */
  isLeftAlone?: boolean;
  /** Publish succeeds, but does not renew the signed head. */
  isHeadStuck?: boolean;
  /** Checks of three commits a push do not complete, or run out of time three times each. */
  incomplete?: "reported" | "aborted";
  isPoisoned?: boolean;
  /** A build is requested as often as publish does, and none starts. */
  isBuildRefused?: boolean;
  isFull?: boolean;
}

interface World extends Cause {
  days: number;
  /** When the cause begins and ends. */
  from: number;
  to: number;
  pushesADay: number;
}

function simulate({ days, from, to, pushesADay, ...cause }: World): Samples {
  const samples: Samples = new Map();
  const add = (name: string, second: number, value = 1): void => {
    const all = samples.get(name) ?? [];
    all.push([second, value]);
    samples.set(name, all);
  };
  const during = <K extends keyof Cause>(second: number, kind: K): Cause[K] => (second >= from && second < to ? cause[kind] : undefined);
  let [headAt, isUnreported] = [0, false];
  // Of messages to publish: when the queue is empty, when the newest run began that was given up, and whether there was a push since the cause began.
  let [freeAt, givenUpAt, isPushed] = [0, 0, false];
  /** When the first message to validate became a dead letter. */
  let deadAt = Number.POSITIVE_INFINITY;
  const unannounced: number[] = [];
  const run = (name: string, second: number, fails: boolean): boolean => {
    if (during(second, "stopped") === "throttled") add(`Throttles ${name}`, second);
    else {
      add(`Invocations ${name}`, second);
      add(`Errors ${name}`, second, Number(fails));
    }
    return !fails && during(second, "stopped") !== "throttled";
  };
  /** A run of publish that a message asks for. */
  const publish = (second: number): void => {
    if (!during(second, "isHeadStuck")) headAt = second;
    if (during(second, "refused")) add("RefusedVerdicts Publish", second);
    isUnreported = during(second, "refused") === true;
  };
  const tick = (second: number): void => {
    if (during(second, "stopped") === "ticks") return;
    // Pushes that it publishes, and commits of pull requests without a verdict, since the tick before.
    for (const _ of unannounced.splice(0)) add("Unannounced Publish", second);
    if (during(second, "storeDown")) add("StoreUnavailable Publish", second);
    const isDifferent = during(second, "isCatalogueTampered") && (isPushed || second - from >= DAY);
    if (isDifferent) add("StoreDiffers Publish", second);
    // While a message waits, a tick adds none, and a run fails only by its own message.
    const isBroken = during(second, "tickFails") === true || (during(second, "runFails") === true && second >= freeAt);
    if (during(second, "storeDown") || isDifferent) {
      run("Publish", second, false);
      return;
    }
    if (run("Publish", second, isBroken) && (isUnreported || second - headAt >= DAY)) publish(second);
  };
  const canary = (second: number): void => {
    if (during(second, "stopped") === "canary") return;
    const differs = ["isTampered", "isCatalogueTampered", "storeDown", "edge"].some((kind) => during(second, kind as keyof Cause));
    if (run("Canary", second, differs) && second - headAt >= HEAD_SECONDS) add("HeadOutOfDate Canary", second);
  };
  /** A message to publish, and when it leaves the queue. */
  const push = (second: number): void => {
    if (during(second, "webhooks") || during(second, "refused") || during(second, "incomplete")) unannounced.push(second);
    if (during(second, "webhooks") === "missing") return;
    isPushed = second >= from;
    for (let event = 0; event < 3; event += 1) {
      add("UrlRequestCount Receive", second + event);
      if (during(second, "webhooks") === "wrong signature")
        for (const name of ["Url4xxCount", "WrongSignature"]) add(`${name} Receive`, second + event);
      if (during(second, "webhooks") === "not queued") add("Url5xxCount Receive", second + event);
    }
    if (during(second, "webhooks")) return;
    const isStuck = ["throttled", "messages"].includes(during(second, "stopped") ?? "");
    const isFailing = ["tickFails", "runFails", "storeDown"].some((kind) => during(second, kind as keyof Cause));
    const begin = Math.max(second, freeAt);
    const isGivenUpAlready = second < givenUpAt;
    const left = isStuck ? to + MINUTE : isFailing ? begin + (isGivenUpAlready ? 0 : GIVEN_UP_SECONDS) : second + MINUTE;
    if (isFailing && !isGivenUpAlready) [freeAt, givenUpAt] = [left, left - FAILING_RUN_SECONDS];
    for (let at = second; at < left; at += MINUTE) add("ApproximateAgeOfOldestMessage PublishQueue", at, at - second);
    if (during(second, "stopped") === "throttled") {
      for (const name of ["Publish", "Validate"]) add(`Throttles ${name}`, second);
      if (second + DEAD_SECONDS < to) deadAt = Math.min(deadAt, second + DEAD_SECONDS);
    }
    if (during(second, "refused")) add("RefusedVerdicts Validate", second + MINUTE);
    if (during(second, "incomplete") === "reported") add("Incomplete Validate", second + MINUTE, 3);
    if (during(second, "incomplete") === "aborted") for (let run = 0; run < 9; run += 1) add("Errors Validate", second + MINUTE + run);
    if (isFailing) return;
    add("MergeToRelease Publish", left, left - second);
    add("AliasBytes Publish", left, during(second, "isFull") ? 4_100_000 : 1_000);
    publish(left);
  };
  const scan = (second: number): void => {
    const forged = during(second, "forged") ?? 0;
    add("WrongSignature Receive", second, forged);
    for (const name of ["UrlRequestCount", "Url4xxCount"]) add(`${name} Receive`, second, forged + (during(second, "scans") ?? 0));
  };
  const edge = (second: number): void => {
    if (during(second, "storeDown") !== "unread")
      add("5xxErrorRate Cdn", second, during(second, "edge") || during(second, "storeDown") ? 50 : 0);
    if (during(second, "edge") === "throws") add("FunctionExecutionErrors", second);
    // A person moves dead letters back within hours of the end of their cause.
    const isDead = second >= deadAt && second < (cause.isLeftAlone ? deadAt + DEAD_LETTER_SECONDS : to + 6 * HOUR);
    if (during(second, "isPoisoned") || isDead) add("ApproximateNumberOfMessagesVisible ValidateDeadLetters", second);
  };
  for (let second = 0; second < days * DAY; second += MINUTE) {
    // The stack is created at the start. A schedule's first event comes after its interval.
    if (second >= TICK && second % TICK === 3 * MINUTE) tick(second);
    if (second >= HOUR && second % HOUR === 7 * MINUTE) canary(second);
    if (second % HOUR === 0) scan(second);
    // People work by day.
    const pause = Math.floor((10 * 60) / pushesADay) * MINUTE;
    const worked = (second % DAY) - 8 * HOUR;
    if (worked >= 0 && worked < 10 * HOUR && pushesADay > 0 && worked % pause === 0) push(second);
    if (second % (5 * MINUTE) === 0) edge(second);
    if (second >= from && second < to && cause.isBuildRefused && (second - from) % (2.5 * HOUR) === HOUR)
      add("FailedInvocations BuildRequested", second);
  }
  return samples;
}

const BASE = { days: 10, pushesADay: 4 };
/** A cause may begin and end anywhere in an hour. */
const OFFSETS = [0, 14, 27, 46, 58].map((minutes) => minutes * MINUTE);

/** A cause that lasts for a week, and the alarm that tells it. */
const CAUSES: [cause: string, Cause & Partial<World>, alarm: string][] = [
  ["a revoked key, an App that was removed or suspended, a renamed repository or branch", { tickFails: true }, "Errorspublish"],
  ["a store that cannot be written", { runFails: true }, "Errorspublish"],
  ["a store that cannot be written, with a push every three minutes", { runFails: true, pushesADay: 200 }, "Errorspublish"],
  ["builds that failed, and are not tried again", { tickFails: true, pushesADay: 0 }, "Errorspublish"],
  ["a permission of the App that is missing", { refused: true }, "VerdictsRefused"],
  ["a wrong secret of the webhook", { webhooks: "wrong signature" }, "WebhooksRefused"],
  ["a webhook that was deactivated, or leads elsewhere", { webhooks: "missing" }, "WebhooksMissing"],
  ["a webhook that was deactivated, while others send requests", { webhooks: "missing", scans: 10 }, "WebhooksMissing"],
  ["a webhook that was deactivated, while others imitate it", { webhooks: "missing", forged: 10 }, "WebhooksRefused"],
  ["webhooks that cannot be queued", { webhooks: "not queued" }, "Errorsreceive"],
  ["a disabled schedule of ticks", { stopped: "ticks" }, "TicksStopped"],
  ["a disabled schedule of ticks, without pushes", { stopped: "ticks", pushesADay: 0 }, "TicksStopped"],
  ["a disabled schedule of the canary", { stopped: "canary" }, "CanaryStopped"],
  ["an account without free concurrency", { stopped: "throttled" }, "Throttles"],
  ["messages that no function gets", { stopped: "messages" }, "PublishLags"],
  ["an edge function that throws", { edge: "throws" }, "EdgeOrStoreErrors"],
  ["errors of S3 or the KeyValueStore at the edge", { edge: "5xx" }, "EdgeOrStoreErrors"],
  ["an outage of S3", { storeDown: "read" }, "EdgeOrStoreErrors"],
  ["an outage of S3, without readers", { storeDown: "unread", pushesADay: 0 }, "EdgeOrStoreErrors"],
  ["a site that differs from what was signed", { isTampered: true }, "SiteDiffers"],
  ["a catalogue that was tampered with", { isCatalogueTampered: true }, "SiteDiffers"],
  ["a catalogue that was tampered with, without pushes", { isCatalogueTampered: true, pushesADay: 0 }, "SiteDiffers"],
  ["a signed head that is not renewed, although publish works", { isHeadStuck: true }, "SiteDiffers"],
  ["checks that fail, or a function that cannot check", { incomplete: "reported" }, "ChecksIncomplete"],
  ["checks that run out of time or memory", { incomplete: "aborted" }, "ChecksIncomplete"],
  ["a message to validate that no run can take", { isPoisoned: true }, "DeadLetters"],
  ["a quota of no builds", { isBuildRefused: true }, "BuildNotStarted"],
  ["a KeyValueStore that is almost full", { isFull: true }, "AliasesFull"],
];

describe("a cause that lasts for a week sends one mail, whatever else it leads to", () => {
  it.each(CAUSES)("%s", (_cause, cause, alarm) => {
    for (const offset of OFFSETS) {
      const world = { ...BASE, ...cause, from: 1.5 * DAY + offset, to: 8.5 * DAY + offset };
      expect(mailsOf(template, simulate(world), world.days * DAY)).toEqual({ [alarm]: 1 });
    }
  });

  it.each([0, 1, 4])("and requests that imitate webhooks none while the right ones come, with %s pushes a day", (pushesADay) => {
    for (const offset of OFFSETS) {
      const world = { ...BASE, pushesADay, forged: 10, from: 1.5 * DAY + offset, to: 8.5 * DAY + offset };
      expect(mailsOf(template, simulate(world), world.days * DAY)).toEqual({});
    }
  });

  it("and none if there is no cause, or a short one, or only requests that are no webhooks", () => {
    const world = { ...BASE, from: 2 * DAY, to: 2 * DAY };
    expect(mailsOf(template, simulate(world), world.days * DAY)).toEqual({});
    expect(mailsOf(template, simulate({ ...world, pushesADay: 0, scans: 10, to: 9 * DAY }), world.days * DAY)).toEqual({});
    // One tick fails, or the edge for five minutes.
    for (const cause of [{ tickFails: true }, { edge: "5xx" as const }])
      expect(mailsOf(template, simulate({ ...world, ...cause, to: 2 * DAY + 5 * MINUTE }), world.days * DAY)).toEqual({});
  });
});

it("a new stack sends no mail before its first tick, since alarms of silence begin without data", () => {
  const samples = simulate({ ...BASE, pushesADay: 0, days: 2, from: 0, to: 0 });
  expect(mailsOf(template, samples, 2 * DAY)).toEqual({});
  // If missing data were breaching, it would.
  const breaching = structuredClone(template);
  for (const { Properties } of Object.values(breaching.Resources))
    if (Properties["TreatMissingData"] === "missing") Properties["TreatMissingData"] = "breaching";
  expect(mailsOf(breaching, samples, 2 * DAY)).toEqual({ TicksStopped: 1, CanaryStopped: 1 });
});

it("dead letters that throttles leave are told if they are not moved back within three days", () => {
  const world = { ...BASE, days: 14, stopped: "throttled" as const, isLeftAlone: true, from: 1.5 * DAY, to: 8.5 * DAY };
  expect(mailsOf(template, simulate(world), world.days * DAY)).toEqual({ Throttles: 1, DeadLetters: 1 });
});

it("docs/runbook.md lists these causes, each with its mail", async () => {
  const chapterOf = (alarm: string): string => {
    const [, found] = Object.entries(template.Resources).find(([id]) => id.replace(/[0-9A-F]{8}$/, "") === alarm) ?? [];
    return /docs\/runbook\.md, "(.+)"/.exec(String(found?.Properties["AlarmDescription"]))?.[1] ?? "";
  };
  const anchor = (chapter: string): string => chapter.toLowerCase().replaceAll(" ", "-");
  const rows = CAUSES.map(([cause, , alarm]) => `| ${cause} | \`${alarm}\` | [${chapterOf(alarm)}](#${anchor(chapterOf(alarm))}) |`);
  const table = ["| cause that lasts for a week | the one mail | chapter |", "|---|---|---|", ...rows].join("\n");
  const block = { file: "docs/runbook.md", name: "mails", text: async () => table };
  const wanted = await withBlock(block);
  const path = join(ROOT, block.file);
  if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") writeFileSync(path, wanted);
  expect(readFileSync(path, "utf8")).toBe(wanted);
});

it.each<[string, Cause]>([
  ["fails at each tick, such as for a build that failed for good", { tickFails: true }],
  ["cannot write", { runFails: true }],
])("a site that differs from what was signed is told although publish %s", (_name, cause) => {
  const samples = simulate({ ...BASE, ...cause, isTampered: true, from: 1.5 * DAY, to: 8.5 * DAY });
  expect(mailsOf(template, samples, BASE.days * DAY)).toEqual({ Errorspublish: 1, SiteDiffers: 1 });
});

it("an alarm that follows another one's cause is told if it outlasts that", () => {
  const samples = simulate({ ...BASE, isTampered: true, from: 2 * DAY, to: 6 * DAY });
  const edge = samples.get("5xxErrorRate Cdn")?.map(([at]): [number, number] => [at, at > 2 * DAY && at < 4 * DAY ? 50 : 0]) ?? [];
  expect(mailsOf(template, new Map([...samples, ["5xxErrorRate Cdn", edge]]), 10 * DAY)).toEqual({ EdgeOrStoreErrors: 1, SiteDiffers: 1 });
});

it.each<[string, Cause]>([
  ["an outage of S3", { storeDown: "read" }],
  ["a catalogue that was tampered with", { isCatalogueTampered: true }],
])("ticks that fail for a cause of their own are told during %s", (_name, cause) => {
  const samples = simulate({ ...BASE, ...cause, from: 1.5 * DAY, to: 8.5 * DAY });
  const errors = Array.from({ length: 96 }, (_, i): [number, number] => [4 * DAY + i * TICK, 1]);
  samples.set("Errors Publish", [...(samples.get("Errors Publish") ?? []), ...errors]);
  expect(mailsOf(template, samples, BASE.days * DAY)).toMatchObject({ Errorspublish: 1 });
});

it.each([0, 10])(
  "single commits that a tick finds before their webhook led to a verdict send no mail, with %s forged requests an hour",
  (forged) => {
    const samples = simulate({ ...BASE, forged, from: 0, to: BASE.days * DAY });
    samples.set(
      "Unannounced Publish",
      Array.from({ length: 10 }, (_, day): [number, number] => [day * DAY + 12 * HOUR + 5 * MINUTE, 1]),
    );
    expect(mailsOf(template, samples, BASE.days * DAY)).toEqual({});
  },
);

it("a run of publish that Lambda ends sends no mail", () => {
  const [queue] = Object.entries(template.Resources).filter(([id]) => id.startsWith("PublishQueue"));
  const visible = Number(queue?.[1].Properties["VisibilityTimeout"]);
  expect(visible).toBeGreaterThan(900);
  const samples = simulate({ ...BASE, from: 0, to: 0 });
  // A run that takes all its time, then the visibility timeout, and another such run that succeeds.
  const ages = Array.from({ length: visible + 900 }, (_, second): [number, number] => [second, second]);
  samples.set("ApproximateAgeOfOldestMessage PublishQueue", ages);
  expect(mailsOf(template, samples, DAY)).toEqual({});
});
