import type { Row } from "../explorer/explorer-model.ts";

/** The statements about one subject that have the same property. */
export interface StatementGroup {
  title: string;
  /** The board names the property: it is part of the answer. */
  isAnswer?: true;
  /** The preferred ones first, the deprecated ones last. */
  rows: Row[];
}
