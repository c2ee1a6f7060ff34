import { App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "../lib/infra/acknowledged.ts";
import { FactpressStack } from "../lib/infra/factpress-stack.ts";
import { SettingsError, settingsFrom } from "../lib/infra/settings.ts";

const app = new App();
try {
  const settings = settingsFrom((name) => app.node.tryGetContext(name));
  const stackName = (app.node.tryGetContext("stackName") as string | undefined) ?? "Factpress";
  // CloudFront's certificates, metrics and alarms are in us-east-1 only, so all of it is.
  const account = process.env["CDK_DEFAULT_ACCOUNT"];
  const stack = new FactpressStack(app, stackName, settings, {
    env: { region: "us-east-1", ...(account ? { account } : {}) },
    description: `Factpress: publishes ${settings.repository}`,
    terminationProtection: true,
  });
  Tags.of(stack).add("factpress:repository", settings.repository);
  acknowledge(stack, settings.domainName !== undefined);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
