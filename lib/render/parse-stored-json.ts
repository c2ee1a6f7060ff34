import { parseJson } from "../json/parse-json.ts";

/** The value of a stored JSON text; undefined if it is damaged. */
export const parseStoredJson = (text: string | Uint8Array): unknown =>
  parseJson(typeof text === "string" ? text : Buffer.from(text).toString("utf8"))?.value;
