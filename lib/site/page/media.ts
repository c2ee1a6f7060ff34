const TYPES: Record<string, string> = { csv: "text/csv", json: "application/json", ndjson: "application/x-ndjson" };

/** Media type of a data file by its ending. */
export const contentTypeOf = (name: string): string => TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain";
