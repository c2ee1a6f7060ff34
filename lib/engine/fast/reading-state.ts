import type { Kernel } from "../../kernel/kernel.ts";
import type { ColumnSlots } from "./column-slots.ts";
import type { PropertyNames } from "./property-names.ts";
import type { RecordTape } from "./record-tape.ts";

/** The state of reading a record, shared by the parts of the byte engine. */
export interface ReadingState {
  kernel: Kernel;
  tape: RecordTape;
  names: PropertyNames;
  slots: ColumnSlots;
}
