import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { addFactpress } from "../../lib/infra/add-factpress.ts";
import { contextWith } from "./context-with.ts";

export interface Template {
  Description?: string;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string; DependsOn?: string | string[] }>;
}

/** Synthesises the stack in this process, without the bundles of its functions. */
export function synthHere(settings: Record<string, unknown> = {}): Template {
  const outdir = mkdtempSync(join(tmpdir(), "factpress-cdk-"));
  try {
    // `npm run synth` validates: it takes longer than all that tests do with the template.
    const app = new App({
      outdir,
      context: contextWith({ "aws:cdk:bundling-stacks": [], ...settings }),
      builtinCloudFormationValidation: false,
    });
    const stack = addFactpress(app);
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
