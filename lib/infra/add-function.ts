import { type Duration, RemovalPolicy, type Size, type Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Settings } from "../contract/setting-name.ts";
import { projectFile } from "./project-file.ts";

interface FunctionProps {
  /** Retention of the function's log. */
  retention: logs.RetentionDays;
  memoryMB: number;
  timeout: Duration;
  storage?: Size;
  /** Maximum concurrent executions. */
  concurrency?: number;
  /** Bundles SQLite, for SQL checks. */
  sqlite?: boolean;
  environment: Settings;
  statements: iam.PolicyStatement[];
}

/** Adds a function with only the given permissions and its own log group. Its handler is in the folder of lambdas/ with its name. */
export function addFunction(stack: Stack, name: string, props: FunctionProps): NodejsFunction {
  const logGroup = new logs.LogGroup(stack, `${name}Log`, { retention: props.retention, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(stack, `${name}Role`, { assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com") });
  role.addToPolicy(new iam.PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }));
  for (const statement of props.statements) role.addToPolicy(statement);
  return new NodejsFunction(stack, name, {
    entry: projectFile(`lambdas/${name.toLowerCase()}/handler.ts`),
    handler: "handler",
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: props.memoryMB,
    timeout: props.timeout,
    ...(props.storage ? { ephemeralStorageSize: props.storage } : {}),
    ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
    role: role.withoutPolicyUpdates(),
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    tracing: lambda.Tracing.DISABLED,
    environment: { ...props.environment, POWERTOOLS_LOG_LEVEL: "INFO" },
    depsLockFilePath: projectFile("package-lock.json"),
    projectRoot: projectFile("."),
    bundling: {
      format: OutputFormat.ESM,
      target: "node24",
      minify: true,
      sourceMap: false,
      mainFields: ["module", "main"],
      externalModules: [],
      // Some packages still use `require` and `__dirname`, which ES modules lack.
      banner:
        'import{createRequire as factpressRequire}from"node:module";const require=factpressRequire(import.meta.url),__dirname=import.meta.dirname;',
      tsconfig: projectFile("tsconfig.json"),
      commandHooks: {
        beforeInstall: () => [],
        beforeBundling: () => [],
        // The bundle loads SQLite from its own folder (lib/adapters/threads/sql-worker.ts).
        afterBundling: (_input, output) =>
          props.sqlite ? [`cp "${projectFile("node_modules/sql.js/dist/sql-wasm.wasm")}" "${output}"`] : [],
      },
    },
  });
}
