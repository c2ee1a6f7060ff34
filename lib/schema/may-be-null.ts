import type { Schema } from "./schema.ts";

/** Whether a schema allows null; true if it specifies neither type nor values. */
export const mayBeNull = ({ type, enum: listed, const: only }: Schema): boolean => {
  if (type !== undefined) return [type].flat().includes("null");
  return only === null || listed?.includes(null) === true || (listed === undefined && only === undefined);
};
