import { readFileSync } from "node:fs";
import { hasErrorCode } from "./has-error-code.ts";

/** When a process started, in ticks since boot; empty without /proc, or if there is no such process. */
export function processStartTime(pid: number | "self"): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program name, in parentheses, may contain spaces.
    return text.slice(text.lastIndexOf(")")).split(" ")[20] ?? "";
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ESRCH")) return "";
    throw error;
  }
}
