import { isDatasetName } from "../lib/contract/dataset-name.ts";
import { parseStoredJson } from "../lib/render/parse-stored-json.ts";

/** The request for a build that publishes datasets of the branch. */
export interface BuildRequest {
  /** Tips of the branch when builds were requested, the newest last. Each has a report or awaits one. */
  tips: string[];
  datasets: string[];
  /** Number of builds requested for the newest tip, including this one. */
  tries: number;
  /** Time of the request, RFC 3339. */
  at: string;
}

/** Parses a request; undefined if it is invalid. */
export function parseBuildRequest(bytes: Uint8Array): BuildRequest | undefined {
  const { tips, datasets, tries, at } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof BuildRequest, unknown>>;
  const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === "string");
  if (!isTexts(tips) || !Number.isInteger(tries) || typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
  if (!isTexts(datasets) || !datasets.every(isDatasetName)) return undefined;
  return { tips, datasets, tries: tries as number, at };
}
