/** Whether a value is a JSON object: neither null nor a list. `T` is the assumed type. */
export const isObject = <T extends object = Record<string, unknown>>(value: unknown): value is T =>
  typeof value === "object" && value !== null && !Array.isArray(value);
