import type { Row } from "../explorer/explorer-model.ts";

/** The statements about one subject that have the same property. */
export interface StatementGroup {
  title: string;
  /** The property is part of the answer. */
  isAnswer?: true;
  /** Preferred statements first, statements that do not stand last. */
  rows: Row[];
}
