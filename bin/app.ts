import { App } from "aws-cdk-lib";
import { addFactpress } from "../lib/infra/add-factpress.ts";
import { SettingsError } from "../lib/infra/settings.ts";

try {
  addFactpress(new App(), process.env["CDK_DEFAULT_ACCOUNT"]);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
