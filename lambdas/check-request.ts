import { isObject } from "../lib/contract/is-object.ts";
import type { MergeMethods } from "../lib/ports/forge.ts";
import { parseStoredJson } from "../lib/render/parse-stored-json.ts";

/** What the build that checks a commit is told. Its key names the commit. */
export interface CheckRequest {
  /** Address for a clone that anybody may make. */
  url: string;
  /** What the clone does not know; missing where the forge does not say. */
  methods?: MergeMethods;
  /** When it was requested, RFC 3339. */
  at: string;
}

function parseMethods(value: unknown): MergeMethods | undefined {
  if (!isObject(value)) return undefined;
  const { merge, squash, rebase } = value;
  return typeof merge === "boolean" && typeof squash === "boolean" && typeof rebase === "boolean" ? { merge, squash, rebase } : undefined;
}

/** What is damaged counts as missing. */
export function parseCheckRequest(bytes: Uint8Array): CheckRequest | undefined {
  const { url, methods, at } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof CheckRequest, unknown>>;
  if (typeof url !== "string" || !URL.canParse(url) || typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
  const parsed = parseMethods(methods);
  return { url, at, ...(parsed ? { methods: parsed } : {}) };
}
