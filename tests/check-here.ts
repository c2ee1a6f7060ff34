import { vi } from "vitest";
import { check } from "../bin/commands/check.ts";
import type { Finished } from "./scratch.ts";

/** `factpress check` in this process: a process for each of hundreds would take minutes. One at a time. */
export async function checkHere(folder: string, options: { format?: string; fix?: boolean; asked?: string } = {}): Promise<Finished> {
  const { asked, ...others } = options;
  const before = process.cwd();
  process.chdir(folder);
  let out = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    return { code: await check(asked, { format: "text", ...others }), out };
  } finally {
    write.mockRestore();
    process.chdir(before);
  }
}
