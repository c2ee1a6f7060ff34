import type { Control } from "./with-controls.ts";

/** Whether the `release` block of dataset.json withdraws or removes releases. */
export const hasControls = ({ withdrawn = [], removed = [] }: Control["release"]): boolean => withdrawn.length + removed.length > 0;
