import type { Column } from "../../schema/table-plan.ts";

/** The allowed values of a column, each with its description in the schema: `signed (A signature is on record)`. Undefined if any value is allowed. */
export function allowedText({ allowed, schema }: Column): string | undefined {
  const told = allowed?.map((value) => {
    const { title, description } = schema.values?.[value] ?? {};
    // A title that only spells the value, such as "Liaison office" for `liaison-office`, tells nothing.
    const meaning = description ?? (title?.toLowerCase() === value.replaceAll("-", " ") ? undefined : title);
    return meaning ? `${value} (${meaning.replace(/\.$/, "")})` : value;
  });
  return told?.join(told.every((text, i) => text === allowed?.[i]) ? ", " : "; ");
}
