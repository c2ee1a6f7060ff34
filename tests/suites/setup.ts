import type { TestProject } from "vitest/node";
import { missingFor } from "./optional.ts";

/** The exit code of a suite that lacks a program or file. */
const MISSING = 3;

/** Ends the run before its first test if the suite lacks something: a suite runs completely or not at all. */
export default function setup(project: TestProject): void {
  const missing = missingFor(project.name);
  if (missing === undefined) return;
  process.stderr.write(`${missing}\n`);
  process.exit(MISSING);
}
