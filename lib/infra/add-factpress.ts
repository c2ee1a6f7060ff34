import { type App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "./acknowledge.ts";
import { FactpressStack } from "./factpress-stack.ts";
import { stackName } from "./stack-name.ts";
import { checkStackAccount, stackSettings } from "./stack-settings.ts";

/**
 * Adds the stack described by the app's context, and cdk-nag's checks. `account` is known only on deployment. Throws `StackSettingsError`.
 */
export function addFactpress(app: App, account?: string): FactpressStack {
  const settings = stackSettings((name) => app.node.tryGetContext(name));
  if (account !== undefined) checkStackAccount(settings, account);
  const name = (app.node.tryGetContext("stackName") as string | undefined) ?? stackName(settings.repository);
  // CloudFront's certificates, metrics and alarms exist only in us-east-1, so the whole stack is there.
  const stack = new FactpressStack(app, name, settings, {
    env: { region: "us-east-1", ...(account ? { account } : {}) },
    description: `Factpress: publishes ${settings.repository}`,
    terminationProtection: settings.terminationProtection,
  });
  Tags.of(stack).add("factpress:repository", settings.repository);
  acknowledge(stack, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stack;
}
