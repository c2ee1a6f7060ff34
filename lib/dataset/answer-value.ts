import { parseJson } from "../json/parse-json.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";

const YES = /^(?:y|yes|true)$/i;
const NO = /^(?:n|no|false)$/i;
export const isYesAnswer = (text: string): boolean => YES.test(text);

/** Parses an answer. If it does not fit the type, it stays text, which the validator reports. */
export function answerValue(schema: Schema, text: string): unknown {
  const listed = (schema.const === undefined ? schema.enum : [schema.const])?.find((value) => String(value) === text);
  if (listed !== undefined) return listed;
  switch (schemaType(schema)) {
    case "boolean":
      return YES.test(text) ? true : NO.test(text) ? false : text;
    case "integer":
    case "number":
      return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)).length <= 16 ? Number(text) : text;
    case "string":
      return text;
    default:
      return (parseJson(text) ?? { value: text }).value;
  }
}
