import { type App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "./acknowledged.ts";
import { FactpressStack } from "./factpress-stack.ts";
import { settingsFrom } from "./settings.ts";

/**
 * Adds the stack that the context of an app describes, and the checks of cdk-nag. Throws a SettingsError where a setting
 * is wrong. `account` is known when the stack is deployed.
 */
export function addFactpress(app: App, account?: string): FactpressStack {
  const settings = settingsFrom((name) => app.node.tryGetContext(name));
  const stackName = (app.node.tryGetContext("stackName") as string | undefined) ?? "Factpress";
  // CloudFront's certificates, metrics and alarms are in us-east-1 only, so all of it is.
  const stack = new FactpressStack(app, stackName, settings, {
    env: { region: "us-east-1", ...(account ? { account } : {}) },
    description: `Factpress: publishes ${settings.repository}`,
    terminationProtection: true,
  });
  Tags.of(stack).add("factpress:repository", settings.repository);
  acknowledge(stack, settings.domainName !== undefined);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stack;
}
