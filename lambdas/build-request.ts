import { isDatasetName } from "../lib/contract/dataset-name.ts";
import { parseStoredJson } from "../lib/render/parse-stored-json.ts";

/** The request to a build: publish datasets of the branch. */
export interface BuildRequest {
  /** The newest commit of the branch, last; before it, those of earlier requests. All of them wait for a report, or have one. */
  tips: string[];
  datasets: string[];
  /** Number of builds requested for the last of them, including this one. */
  tries: number;
  /** Time of the request, RFC 3339. */
  at: string;
}

/** Parses a request; undefined if it is damaged. */
export function parseBuildRequest(bytes: Uint8Array): BuildRequest | undefined {
  const { tips, datasets, tries, at } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof BuildRequest, unknown>>;
  const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === "string");
  if (!isTexts(tips) || !Number.isInteger(tries) || typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
  if (!isTexts(datasets) || !datasets.every(isDatasetName)) return undefined;
  return { tips, datasets, tries: tries as number, at };
}
