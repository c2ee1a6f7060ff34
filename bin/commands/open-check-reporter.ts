import { UsageError } from "../usage-error.ts";
import type { CheckReporter } from "./check-reporter.ts";
import { jsonCheckReporter } from "./json-check-reporter.ts";
import { textCheckReporter } from "./text-check-reporter.ts";

const REPORTERS: Readonly<Record<string, () => CheckReporter>> = { text: textCheckReporter, json: jsonCheckReporter };

export function openCheckReporter(format: string): CheckReporter {
  const open = Object.hasOwn(REPORTERS, format) ? REPORTERS[format] : undefined;
  if (!open) throw new UsageError(`--format is text or json, not "${format}"`);
  return open();
}
