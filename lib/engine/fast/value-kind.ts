/** Kinds of values as bits, so that a set of kinds is a number. */
export const ValueKind = {
  string: 1,
  /** A number without a fraction. */
  integer: 2,
  fraction: 4,
  object: 8,
  list: 16,
  true: 32,
  false: 64,
  null: 128,
} as const;

export const NUMBER = ValueKind.integer | ValueKind.fraction;
export const ANY_KIND = 255;
