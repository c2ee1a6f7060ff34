import type { Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { StackSettings } from "./stack-settings.ts";

/** Notifies the address of the alarms when the account is about to exceed the budget. Does not stop any spending. */
export function addBudget(stack: Stack, { monthlyBudgetUsd, alarmEmail }: StackSettings): void {
  if (monthlyBudgetUsd === undefined || alarmEmail === undefined) return;
  const subscribers = [{ subscriptionType: "EMAIL", address: alarmEmail }];
  const notify = (notificationType: "ACTUAL" | "FORECASTED", threshold: number): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { notificationType, threshold, comparisonOperator: "GREATER_THAN" },
    subscribers,
  });
  new CfnBudget(stack, "Budget", {
    budget: { budgetType: "COST", timeUnit: "MONTHLY", budgetLimit: { amount: monthlyBudgetUsd, unit: "USD" } },
    notificationsWithSubscribers: [notify("ACTUAL", 80), notify("FORECASTED", 100)],
  });
}
