import { isDatasetName } from "../lib/contract/dataset-name.ts";
import { parseStoredJson } from "../lib/render/parse-stored-json.ts";

/** What a build is asked to do: publish what the branch holds of datasets. */
export interface BuildRequest {
  /** The newest commit of the branch, last; before it, those of earlier requests. All of them wait for a report, or got one. */
  tips: string[];
  datasets: string[];
  /** How many builds were requested for the last of them, this one included. */
  tries: number;
  /** When it was requested, RFC 3339. */
  at: string;
}

/** What is damaged counts as missing. */
export function parseBuildRequest(bytes: Uint8Array): BuildRequest | undefined {
  const { tips, datasets, tries, at } = (parseStoredJson(bytes) ?? {}) as Partial<Record<keyof BuildRequest, unknown>>;
  const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((text) => typeof text === "string");
  if (!isTexts(tips) || !Number.isInteger(tries) || typeof at !== "string" || Number.isNaN(Date.parse(at))) return undefined;
  if (!isTexts(datasets) || !datasets.every(isDatasetName)) return undefined;
  return { tips, datasets, tries: tries as number, at };
}
