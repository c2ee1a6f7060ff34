import type { Scalar } from "./column-types.ts";

/** A value as a release writes it. */
export const valueText = (value: Scalar): string => String(value);
