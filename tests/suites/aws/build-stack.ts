import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundles, synthBundles, type Template } from "../../servers/lambda.ts";
import { type CodeBuild, startCodeBuild } from "./code-build.ts";

/** The stack with large builds, and what runs them. */
export interface BuildStack {
  template: Template;
  bundles: Bundles;
  codeBuild: CodeBuild;
  close(): Promise<void>;
}

export async function startBuildStack(): Promise<BuildStack> {
  const out = await mkdtemp(join(tmpdir(), "factpress-cdk-"));
  const { template, bundles } = await synthBundles(out, { largeBuilds: "small" });
  const codeBuild = await startCodeBuild(template, out);
  return {
    template,
    bundles,
    codeBuild,
    async close() {
      await codeBuild.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}

/** A file that is larger than a function carries, without more records. */
export const largeFile = (value: unknown): string => `${JSON.stringify(value)}${" ".repeat(51 * 1024 * 1024)}`;
