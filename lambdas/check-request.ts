import { isObject } from "../lib/contract/is-object.ts";
import type { MergeMethods } from "../lib/ports/forge.ts";
import { parseStoredJson } from "../lib/render/parse-stored-json.ts";

/** The request for a build that checks a commit. Its key contains the commit. */
export interface CheckRequest {
  /** Merge methods, which a clone cannot tell. Missing if the forge does not report them. */
  methods?: MergeMethods;
  /** Time of the request, RFC 3339. */
  at: string;
}

function parseMethods(value: unknown): MergeMethods | undefined {
  if (!isObject(value)) return undefined;
  const { merge, squash, rebase } = value;
  return typeof merge === "boolean" && typeof squash === "boolean" && typeof rebase === "boolean" ? { merge, squash, rebase } : undefined;
}

/** Parses a request; undefined if it is invalid. */
export function parseCheckRequest(bytes: Uint8Array): CheckRequest | undefined {
  const { methods, at } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof CheckRequest, unknown>>;
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
  const parsed = parseMethods(methods);
  return { at, ...(parsed ? { methods: parsed } : {}) };
}
