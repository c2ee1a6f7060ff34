import { type Bundles, sharedBundles, type Template } from "../../servers/lambda.ts";
import { type CodeBuild, startCodeBuild } from "./code-build.ts";

/** The stack with large builds, and the simulation that runs them. */
export interface BuildStack {
  template: Template;
  bundles: Bundles;
  codeBuild: CodeBuild;
  close(): Promise<void>;
}

export async function startBuildStack(): Promise<BuildStack> {
  const { out, template, bundles } = await sharedBundles("builds");
  const codeBuild = await startCodeBuild(template, out);
  return { template, bundles, codeBuild, close: () => codeBuild.close() };
}

/** A file that is too large for a function, without more records. */
export const largeFile = (value: unknown): string => `${JSON.stringify(value)}${" ".repeat(51 * 1024 * 1024)}`;
