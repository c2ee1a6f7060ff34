import type { Schema } from "./table-plan.ts";

/** Also true if the schema does not specify a type. */
export const mayBeNull = ({ type, enum: listed, const: only }: Schema): boolean => {
  if (type !== undefined) return [type].flat().includes("null");
  return only === null || listed?.includes(null) === true || (listed === undefined && only === undefined);
};
