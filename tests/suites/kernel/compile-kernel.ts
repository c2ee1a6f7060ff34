import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const COMPILER = join(import.meta.dirname, "node_modules/assemblyscript/bin/asc.js");
/** No runtime: the kernel manages no memory. SIMD: every Node has it since 16.4. */
const OPTIONS = ["--runtime", "stub", "-O3", "--noAssert", "--enable", "simd"];

/** Compiles assembly/ in a folder of the kernel; returns the text of kernel.generated.ts. */
export async function compileKernel(folder: string): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "factpress-kernel-"));
  try {
    const file = join(scratch, "kernel.wasm");
    await promisify(execFile)(process.execPath, [COMPILER, "assembly/index.ts", "-o", file, ...OPTIONS], { cwd: folder });
    return [
      "/** lib/kernel/assembly, compiled to WebAssembly and written as base64. `FACTPRESS_WRITE=1 npm run test:kernel` writes this file. */",
      `export const KERNEL = ${JSON.stringify((await readFile(file)).toString("base64"))};`,
      "",
    ].join("\n");
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
