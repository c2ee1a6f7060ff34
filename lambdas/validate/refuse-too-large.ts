import type { CheckContext } from "./check-context.ts";
import { notChecked } from "./not-checked.ts";

/** Has a check refuse what is too large for it, instead of leaving that to a build. */
export const refuseTooLarge = (context: CheckContext): CheckContext => ({ ...context, onTooLarge: notChecked });
