import type { Schema } from "./table-plan.ts";

/** True as well where the schema does not say. */
export const mayBeNull = ({ type, enum: listed, const: only }: Schema): boolean => {
  if (type !== undefined) return [type].flat().includes("null");
  return only === null || listed?.includes(null) === true || (listed === undefined && only === undefined);
};
