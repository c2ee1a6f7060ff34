import { isUtf8 } from "node:buffer";
import type { Problem } from "./problem.ts";
import { inFile } from "./problem.ts";
import { placeFaults, silentFaults, syntaxFault, type TextFault } from "./record-text.ts";
import { compileRecord, faultsOf } from "./record-validator.ts";
import type { Schema } from "./table-plan.ts";

/** Reads a file that holds one JSON value, with everything that is wrong in it. */
export function readDocument(file: string, bytes: Uint8Array, schema?: Schema): { value?: unknown; problems: Problem[] } {
  if (!isUtf8(bytes)) return { problems: [inFile(file, "The file is not UTF-8", "Save it as UTF-8.")] };
  const text = Buffer.from(bytes).toString("utf8");
  if (text.startsWith("\ufeff"))
    return { problems: [inFile(file, "The file starts with a byte order mark", "Save it as UTF-8 without BOM.")] };
  const at = ({ offset, field, message, remedy }: TextFault): Problem => {
    const before = text.slice(0, offset).split("\n");
    return {
      file,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      ...(field ? { field } : {}),
      message,
      ...(remedy ? { remedy } : {}),
    };
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: [at(syntaxFault(text))] };
  }
  const faults = silentFaults(text);
  if (schema) {
    const validate = compileRecord(schema);
    if (validate(value) !== true) faults.push(...placeFaults(text, faultsOf(validate.errors ?? [])));
  }
  return faults.length > 0 ? { problems: faults.map(at) } : { value, problems: [] };
}
