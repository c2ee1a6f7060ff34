import type { Schema } from "../schema/schema.ts";

/** Why a dataset ended, as declared by its authors. */
export interface EndReason {
  /** `release.ended` of its last `dataset.json`. */
  reason?: string;
  /** The dataset that names it in `release.continues`. */
  continuedAs?: string;
}

/** The end of a dataset that the published branch no longer contains. Its releases remain. */
export interface DatasetEnd extends EndReason {
  /** Date of the commit, RFC 3339. */
  date: string | null;
  /** The commit that deleted the folder or, with `isBack`, restored it. */
  commit: string;
  /** The branch contains the dataset again. The entry is kept, so that an outdated clone cannot end it again. */
  isBack?: true;
}

export type DatasetEnds = Readonly<Record<string, DatasetEnd>>;

const text = { type: "string" };

/** JSON Schema of `DatasetEnds`. */
export const DATASET_ENDS: Schema = {
  type: "object",
  additionalProperties: {
    type: "object",
    required: ["date", "commit"],
    properties: {
      date: { type: ["string", "null"] },
      commit: text,
      reason: text,
      continuedAs: text,
      isBack: { const: true },
    },
  },
} as unknown as Schema;

/** Ends a reason with a single full stop. */
export const datasetEndSentence = (reason: string): string => `${reason.replace(/[.\s]+$/, "")}.`;

/** The end of a dataset; undefined if it has not ended. */
export function findDatasetEnd(ends: DatasetEnds | undefined, dataset: string): DatasetEnd | undefined {
  const end = ends && Object.hasOwn(ends, dataset) ? ends[dataset] : undefined;
  return end?.isBack ? undefined : end;
}
