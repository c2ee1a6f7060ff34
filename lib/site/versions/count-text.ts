import { counted } from "../explorer/counted.ts";
import { ownValue } from "./own-value.ts";
import type { VersionsModel } from "./versions-model.ts";

/** `4 facts`. */
export const countText = (count: number, table: string, { tables }: Pick<VersionsModel, "tables">): string =>
  counted(count, ownValue(tables, table)?.noun ?? ["record", "records"]);
