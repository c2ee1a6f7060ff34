import type { SettingName } from "../lib/contract/setting-name.ts";

/** An environment variable that the stack sets only in some deployments. */
export const optionalSetting = (name: SettingName): string | undefined => process.env[name];

/** An environment variable that the stack sets. */
export function setting(name: SettingName | "AWS_LAMBDA_FUNCTION_NAME"): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
