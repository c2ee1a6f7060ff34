import { isUtf8 } from "node:buffer";
import type { Problem } from "./problem.ts";
import { inFile } from "./problem.ts";
import { MAX_DEPTH } from "./record-batches.ts";
import { placeFaults, silentFaults, syntaxFault, type TextFault } from "./record-text.ts";
import { compileRecord, faultsOf } from "./record-validator.ts";
import type { Schema } from "./table-plan.ts";

/** Where a text has more open brackets than can be read. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"') for (i += 1; i < text.length && text[i] !== '"'; i += 1) if (text[i] === "\\") i += 1;
    if (c === "{" || c === "[") depth += 1;
    else if (c === "}" || c === "]") depth -= 1;
    if (depth > MAX_DEPTH) return i;
  }
  return undefined;
}

/** Reads a file that holds one JSON value, with everything that is wrong in it. */
export function readDocument(file: string, bytes: Uint8Array, schema?: Schema): { value?: unknown; problems: Problem[] } {
  if (!isUtf8(bytes)) return { problems: [inFile(file, "The file is not UTF-8", "Save it as UTF-8.")] };
  const text = Buffer.from(bytes).toString("utf8");
  if (text.startsWith("\ufeff"))
    return { problems: [inFile(file, "The file starts with a byte order mark", "Save it as UTF-8 without BOM.")] };
  const deep = tooDeep(text);
  if (deep !== undefined)
    return {
      problems: [
        {
          file,
          line: text.slice(0, deep).split("\n").length,
          column: 0,
          message: `This is nested deeper than ${MAX_DEPTH} brackets`,
          remedy: "Is a closing bracket missing before it?",
        },
      ],
    };
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
