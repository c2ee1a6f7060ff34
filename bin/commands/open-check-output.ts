import { UsageError } from "../usage-error.ts";
import type { CheckOutput } from "./check-output.ts";
import { jsonCheckOutput } from "./json-check-output.ts";
import { textCheckOutput } from "./text-check-output.ts";

const OUTPUTS: Readonly<Record<string, () => CheckOutput>> = { text: textCheckOutput, json: jsonCheckOutput };

export function openCheckOutput(format: string): CheckOutput {
  const open = Object.hasOwn(OUTPUTS, format) ? OUTPUTS[format] : undefined;
  if (!open) throw new UsageError(`--format is text or json, not "${format}"`);
  return open();
}
