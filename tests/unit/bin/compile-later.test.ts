import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";

/** Bits of V8's `%GetOptimizationStatus`: optimized by TurboFan or Maglev. */
const IS_OPTIMIZED = (1 << 4) | (1 << 5) | (1 << 6);

/** Whether a function is optimized that was called in a thread that many times, and what is written to standard error. */
function run(calls: number, before: string): { isOptimized: boolean; stderr: string } {
  const thread = `function add(a, b) { return a + b; }
    let sum = 0;
    for (let i = 0; i < ${calls}; i += 1) sum = add(sum, i) % 1000;
    process.stdout.write(String(%GetOptimizationStatus(add)));`;
  const program = `import { Worker } from "node:worker_threads";
    import { compileLater } from ${JSON.stringify(join(ROOT, "bin/compile-later.ts"))};
    ${before}
    new Worker(${JSON.stringify(thread)}, { eval: true });`;
  const flags = ["--allow-natives-syntax", "--no-concurrent-recompilation", "--no-use-osr", "--import", "tsx", "--input-type=module"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "-e", program], { encoding: "utf8", cwd: ROOT });
  return { isOptimized: (Number(stdout) & IS_OPTIMIZED) !== 0, stderr };
}

describe("compileLater", () => {
  it("lets V8 of Node 20 optimize functions later in threads that are started afterwards", () => {
    const isNode20 = process.versions.node.startsWith("20.");
    expect(run(30_000, "")).toEqual({ isOptimized: true, stderr: "" });
    expect(run(30_000, "compileLater();")).toEqual({ isOptimized: !isNode20, stderr: "" });
    expect(run(1_000_000, "compileLater();")).toEqual({ isOptimized: true, stderr: "" });
  });

  it("changes nothing in other versions, which lack a flag", () => {
    for (const version of ["2.0.0", "22.12.0", "200.0.0"])
      expect(run(30_000, `compileLater("${version}");`)).toEqual({ isOptimized: true, stderr: "" });
  });
});
