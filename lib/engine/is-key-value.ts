import type { Value } from "../formats/value.ts";

/** Whether a value can be a key. Other values, such as objects, are reported separately. */
export const isKeyValue = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined && value !== null && typeof value !== "object";
