// Evaluates requests against IAM policies: on each line of standard input a list of simulations, on each line of standard output a list
// of results. A program of its own, since the evaluator has another licence than Factpress.
import { createInterface } from "node:readline";
import { runSimulation } from "@cloud-copilot/iam-simulate";

for await (const line of createInterface({ input: process.stdin })) {
  const results = [];
  for (const simulation of JSON.parse(line)) {
    const { resultType, overallResult, errors } = await runSimulation(simulation, {});
    results.push(resultType === "error" ? `error: ${JSON.stringify(errors)}` : overallResult);
  }
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
