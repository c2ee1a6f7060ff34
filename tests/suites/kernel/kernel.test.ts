import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ROOT, scratch } from "../../scratch.ts";

const GENERATED = join(ROOT, "lib/kernel/kernel.generated.ts");
const COMPILER = join(import.meta.dirname, "node_modules/assemblyscript/bin/asc.js");
/** No runtime: the kernel manages no memory. What V8 is sure of since Node 16: SIMD. */
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--enable", "simd"];

it("the kernel is what its source compiles to (FACTPRESS_WRITE=1 writes it)", async () => {
  const file = join(await scratch(), "kernel.wasm");
  await promisify(execFile)(process.execPath, [COMPILER, "assembly/index.ts", "-o", file, ...OPTIONS], { cwd: join(ROOT, "lib/kernel") });
  const wasm = await readFile(file);
  expect(WebAssembly.validate(wasm)).toBe(true);
  const module = [
    "/** lib/kernel/assembly, compiled to WebAssembly and written as base64. `FACTPRESS_WRITE=1 npm run test:kernel` writes this file. */",
    `export const KERNEL = ${JSON.stringify(wasm.toString("base64"))};`,
    "",
  ].join("\n");
  if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") await writeFile(GENERATED, module);
  expect(await readFile(GENERATED, "utf8")).toBe(module);
});
