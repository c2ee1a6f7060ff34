// Evaluates requests against IAM policies: a list of simulations on standard input, a list of results on standard output. A program
// of its own, since the evaluator has another licence than Factpress.
import { runSimulation } from "@cloud-copilot/iam-simulate";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const results = [];
for (const simulation of JSON.parse(Buffer.concat(chunks).toString("utf8"))) {
  const { resultType, overallResult, errors } = await runSimulation(simulation, {});
  results.push(resultType === "error" ? `error: ${JSON.stringify(errors)}` : overallResult);
}
process.stdout.write(JSON.stringify(results));
