import { vi } from "vitest";

/** Returns what a function prints to standard output. */
export async function printed(work: () => unknown): Promise<string> {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await work();
    return text;
  } finally {
    write.mockRestore();
  }
}
