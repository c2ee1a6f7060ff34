import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";
import { compileKernel } from "./compile-kernel.ts";

const KERNEL = join(ROOT, "lib/kernel");

it("the kernel is what its source compiles to (FACTPRESS_WRITE=1 writes it)", async () => {
  const compiled = await compileKernel(KERNEL);
  const path = join(KERNEL, "kernel.generated.ts");
  if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") await writeFile(path, compiled);
  expect(await readFile(path, "utf8")).toBe(compiled);
});
