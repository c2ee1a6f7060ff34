import { App } from "aws-cdk-lib";
import { addFactpress } from "../lib/infra/add-factpress.ts";
import { StackSettingsError } from "../lib/infra/stack-settings.ts";

try {
  addFactpress(new App(), process.env["CDK_DEFAULT_ACCOUNT"]);
} catch (error) {
  if (!(error instanceof StackSettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
