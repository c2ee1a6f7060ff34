import { createContext, Script } from "node:vm";
import type { Template } from "./servers/synth.ts";

interface Stat {
  Metric: { MetricName: string; Dimensions?: { Value: unknown }[] };
  Period: number;
  Stat: string;
}

interface AlarmProperties {
  EvaluationPeriods: number;
  DatapointsToAlarm: number;
  Threshold: number;
  ComparisonOperator: "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  TreatMissingData: "notBreaching" | "breaching" | "ignore" | "missing";
  AlarmActions?: unknown[];
  InsufficientDataActions?: unknown[];
  MetricName?: string;
  Dimensions?: { Value: unknown }[];
  Period?: number;
  Statistic?: string;
  Metrics?: { Id: string; Expression?: string; MetricStat?: Stat }[];
}

interface CompositeProperties {
  AlarmRule: { "Fn::Join": [string, (string | { "Fn::GetAtt": [string] })[]] };
  ActionsSuppressor?: { "Fn::GetAtt": [string] };
  ActionsSuppressorWaitPeriod?: number;
  ActionsSuppressorExtensionPeriod?: number;
}

/** Values of metrics at seconds, by names such as `Errors Publish`: the metric, and the resource if it is one of the stack. */
export type Samples = Map<string, [second: number, value: number][]>;

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, "");

function resourceOf(dimensions: readonly { Value: unknown }[] = []): string {
  for (const { Value } of dimensions) {
    const { Ref, "Fn::GetAtt": attribute } = Value as { Ref?: string; "Fn::GetAtt"?: string[] };
    const id = Ref ?? attribute?.[0];
    if (id !== undefined) return ` ${withoutHash(id)}`;
  }
  return "";
}

type Window = (number | undefined)[];

/** The statistic of each period; undefined if nothing was measured. */
function statistics(samples: Samples, name: string, { stat, period, seconds }: { stat: string; period: number; seconds: number }): Window {
  const values = new Array<number[] | undefined>(Math.floor(seconds / period)).fill(undefined);
  for (const [second, value] of samples.get(name) ?? []) {
    const at = Math.floor(second / period);
    const all = values[at];
    if (all) all.push(value);
    else if (at < values.length) values[at] = [value];
  }
  const sum = (all: number[]): number => all.reduce((total, value) => total + value, 0);
  return values.map((all) => {
    if (all === undefined) return undefined;
    if (stat === "Maximum") return Math.max(...all);
    return stat === "Average" ? sum(all) / all.length : sum(all);
  });
}

type Metrics = Record<string, number | undefined>;
type Evaluate = (metrics: Metrics) => number | undefined;

/** The part of CloudWatch's metric math that the alarms use. */
function compileExpression(expression: string): Evaluate {
  let given: Metrics = {};
  const context = createContext({
    FILL: (value: number | undefined, other: number) => value ?? other,
    IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    MAX: (values: number[]) => Math.max(...values),
    SUM: (values: (number | undefined)[]) => {
      const measured = values.filter((value) => value !== undefined);
      return measured.length === 0 ? undefined : measured.reduce((total, value) => total + value, 0);
    },
    METRICS: () => Object.values(given),
  });
  const script = new Script(expression.replaceAll(" AND ", " && ").replaceAll(" OR ", " || "));
  const results = new Map<string, number | undefined>();
  return (metrics) => {
    given = metrics;
    const key = JSON.stringify(Object.entries(metrics));
    if (!results.has(key)) results.set(key, script.runInContext(Object.assign(context, metrics)) as number | undefined);
    return results.get(key);
  };
}

/** By expression: making a context takes milliseconds. */
const compiled = new Map<string, Evaluate>();

function evaluation(expression: string): Evaluate {
  const evaluate = compiled.get(expression) ?? compileExpression(expression);
  compiled.set(expression, evaluate);
  return evaluate;
}

function datapoints(samples: Samples, alarm: AlarmProperties, seconds: number): { period: number; values: Window } {
  const { Metrics, Period = 0, Statistic = "", MetricName = "", Dimensions = [] } = alarm;
  if (!Metrics)
    return {
      period: Period,
      values: statistics(samples, MetricName + resourceOf(Dimensions), { stat: Statistic, period: Period, seconds }),
    };
  const series = Metrics.flatMap(({ Id, MetricStat }) => {
    if (!MetricStat) return [];
    const { Metric, Period: period, Stat: stat } = MetricStat;
    const name = Metric.MetricName + resourceOf(Metric.Dimensions);
    return [{ id: Id, period, values: statistics(samples, name, { stat, period, seconds }) }];
  });
  const expression = Metrics.find(({ Expression }) => Expression)?.Expression;
  const [first] = series;
  if (!first) throw new Error("An alarm watches no metric");
  if (expression === undefined) return first;
  const evaluate = evaluation(expression);
  const values = first.values.map((_, i) => evaluate(Object.fromEntries(series.map(({ id, values }) => [id, values[i]]))));
  return { period: first.period, values };
}

const STEP_SECONDS = 300;

/** Periods beyond those that an alarm evaluates in which CloudWatch looks for data: AWS's example looks at five for an alarm of three. */
const MORE_PERIODS = 2;

interface States {
  /** Whether the alarm is raised, after each five minutes. */
  raised: boolean[];
  /** Whether it has insufficient data, as a new alarm has. */
  silent: boolean[];
}

/**
 * The states of an alarm that is created at the start, before which nothing was measured:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html. Only periods that have ended count.
 */
function states(samples: Samples, alarm: AlarmProperties, seconds: number): States {
  const { period, values } = datapoints(samples, alarm, seconds);
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, TreatMissingData, ComparisonOperator } = alarm;
  const isMissingBreaching = TreatMissingData === "breaching";
  const isBeyond = (value: number): boolean => (ComparisonOperator === "LessThanThreshold" ? value < Threshold : value >= Threshold);
  const isBreaching = values.map((value) => (value === undefined ? isMissingBreaching : isBeyond(value)));
  let breaching = isMissingBreaching ? EvaluationPeriods : 0;
  let isRaised = breaching >= DatapointsToAlarm;
  const afterPeriods: [isRaised: boolean, isSilent: boolean][] = [[isRaised, TreatMissingData === "missing"]];
  let newest = -Infinity;
  for (const [i, is] of isBreaching.entries()) {
    breaching += Number(is) - Number(isBreaching[i - EvaluationPeriods] ?? isMissingBreaching);
    if (values[i] !== undefined) newest = i;
    const isSilent = TreatMissingData === "missing" && i - newest >= EvaluationPeriods + MORE_PERIODS;
    if (TreatMissingData !== "ignore" || values[i] !== undefined) isRaised = breaching >= DatapointsToAlarm;
    afterPeriods.push([isRaised, isSilent]);
  }
  const steps = Array.from({ length: seconds / STEP_SECONDS }, (_, i) => afterPeriods[Math.floor(((i + 1) * STEP_SECONDS) / period)]);
  return { raised: steps.map((step) => step?.[0] ?? false), silent: steps.map((step) => step?.[1] ?? false) };
}

const begins = (raised: readonly boolean[]): number => raised.filter((is, i) => is && !raised[i - 1]).length;
/** As `begins`, but a new alarm that has no data yet does not change its state. */
const changes = (silent: readonly boolean[]): number => silent.filter((is, i) => is && silent[i - 1] === false).length;

/**
 * How often a composite alarm acts: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html (suppression of
 * actions). It acts only if its suppressor is not in alarm, and waits again after its suppressor has ended.
 */
function actsOf(raised: readonly boolean[], suppressor: readonly boolean[], composite: CompositeProperties): number {
  let [acts, hasActed, mayActAt] = [0, false, 0];
  for (const [i, is] of raised.entries()) {
    if (!is) hasActed = false;
    if (is && !raised[i - 1]) mayActAt = i + (composite.ActionsSuppressorWaitPeriod ?? 0) / STEP_SECONDS;
    if (suppressor[i]) mayActAt = i + (composite.ActionsSuppressorExtensionPeriod ?? 0) / STEP_SECONDS;
    if (!is || hasActed || suppressor[i] || i < mayActAt) continue;
    hasActed = true;
    acts += 1;
  }
  return acts;
}

/** The mails that the alarms of a stack send, by the names of the alarms. */
export function mailsOf({ Resources }: Template, samples: Samples, seconds: number): Record<string, number> {
  const ofType = <T>(type: string): [string, T][] =>
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [[id, Properties as T] as [string, T]] : []));
  const alarms = ofType<AlarmProperties>("AWS::CloudWatch::Alarm");
  const raised = new Map<string, readonly boolean[]>();
  const mails: [string, number][] = [];
  for (const [id, alarm] of alarms) {
    const found = states(samples, alarm, seconds);
    raised.set(id, found.raised);
    mails.push([id, (alarm.AlarmActions ? begins(found.raised) : 0) + (alarm.InsufficientDataActions ? changes(found.silent) : 0)]);
  }
  const composites = ofType<CompositeProperties>("AWS::CloudWatch::CompositeAlarm");
  for (const [id, composite] of composites) {
    const [, parts] = composite.AlarmRule["Fn::Join"];
    const text = parts.map((part) => (typeof part === "string" ? part : "x")).join("");
    if (!/^\((ALARM\("x"\)( OR )?)+\)$/.test(text)) throw new Error(`Not a rule that is simulated here: ${text}`);
    const of = parts.flatMap((part) => (typeof part === "string" ? [] : [raised.get(part["Fn::GetAtt"][0]) ?? []]));
    const any = (of[0] ?? []).map((_, i) => of.some((one) => one[i]));
    raised.set(id, any);
  }
  for (const [id, composite] of composites) {
    const suppressor = composite.ActionsSuppressor ? raised.get(composite.ActionsSuppressor["Fn::GetAtt"][0]) : [];
    if (!suppressor) throw new Error(`${id} waits for an alarm that the template does not have`);
    mails.push([id, actsOf(raised.get(id) ?? [], suppressor, composite)]);
  }
  return Object.fromEntries(mails.filter(([, count]) => count > 0).map(([id, count]) => [withoutHash(id), count]));
}
