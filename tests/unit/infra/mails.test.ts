import { expect, it } from "vitest";
import { PUBLISH_RETRY_SECONDS } from "../../../lambdas/publish/publish-retry-seconds.ts";
import { synthHere } from "../../servers/synth.ts";

const DAY = 86_400;
/** A function that meets a forge which does not answer tries for as long as this. */
const FAILING_RUN_SECONDS = 60;

interface AlarmProperties {
  EvaluationPeriods: number;
  DatapointsToAlarm: number;
  Threshold: number;
  MetricName?: string;
}

const alarms = new Map(
  Object.entries(synthHere().Resources).flatMap(([id, { Type, Properties }]) =>
    Type === "AWS::CloudWatch::Alarm" ? [[id.replace(/[0-9A-F]{8}$/, ""), Properties as unknown as AlarmProperties] as const] : [],
  ),
);

/** How often an alarm begins over the values of its periods: each time is a mail. */
function mails(name: string, values: readonly number[]): number {
  const { EvaluationPeriods, DatapointsToAlarm, Threshold } = alarms.get(name) as AlarmProperties;
  const isRaised = values.map(
    (_, i) => values.slice(Math.max(0, i + 1 - EvaluationPeriods), i + 1).filter((value) => value >= Threshold).length >= DatapointsToAlarm,
  );
  return isRaised.filter((is, i) => is && !isRaised[i - 1]).length;
}

const periods = (days: number, seconds: number, value: (from: number) => number): number[] =>
  Array.from({ length: (days * DAY) / seconds }, (_, i) => value(i * seconds));

it("a cause that lasts for weeks, such as a revoked key, sends one mail of publish, regardless of the number of pushes", () => {
  const days = 21;
  // Four pushes a day. Each message fails until it is given up.
  const retries = PUBLISH_RETRY_SECONDS.reduce((sum, seconds) => sum + seconds + FAILING_RUN_SECONDS, FAILING_RUN_SECONDS);
  const age = (now: number): number => Math.min(now % (DAY / 4), retries);
  const found = {
    // Each tick fails.
    errors: mails(
      "Errorspublish",
      periods(days, 900, () => 1),
    ),
    lag: mails(
      "PublishLagqueue",
      periods(days, 300, (from) => (from % (DAY / 4) < retries ? Math.max(age(from), age(from + 299)) : 0)),
    ),
  };
  expect(found).toEqual({ errors: 1, lag: 0 });
  // Messages that are given up are no dead letters, which would keep their alarm from telling of the next cause.
  expect([...alarms.keys()].filter((name) => name.startsWith("DeadLetters"))).toEqual(["DeadLettersvalidate"]);
});

it("a single failed run of publish, or one that Lambda ends, sends none", () => {
  const [queue] = Object.entries(synthHere().Resources).filter(([id]) => id.startsWith("PublishQueue"));
  const visible = Number(queue?.[1].Properties["VisibilityTimeout"]);
  expect(visible).toBeGreaterThan(900);
  // A run that takes all its time, then the visibility timeout, and another such run that succeeds.
  const ages = periods(1, 300, (from) => (from < visible + 900 ? from + 299 : 0));
  expect(mails("PublishLagqueue", ages)).toBe(0);
  expect(mails("Errorspublish", [0, 1, 0, 0, 0, 0, 1, 0])).toBe(0);
});
