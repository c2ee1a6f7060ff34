import { NAME, RESERVED_NAMES } from "./check-schema.ts";

/** Whether a name is valid for a table. */
export const isTableName = (name: string): boolean => NAME.test(name) && !RESERVED_NAMES.has(name.toLowerCase());
