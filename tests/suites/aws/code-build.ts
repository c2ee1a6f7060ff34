import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Finished, ROOT } from "../../scratch.ts";
import { listening } from "../../servers/servers.ts";
import type { Template } from "../../servers/synth.ts";
import { findProgram } from "../optional.ts";
import type { Pipeline } from "./pipeline.ts";

interface Started {
  /** Name of a machine. */
  name?: string;
  /** In the form that StartBuild expects. */
  environmentVariablesOverride?: readonly { name: string; value: string }[];
}

/** Runs the builds of a synthesised stack. */
export interface CodeBuild {
  /** The folder that the stack ships. */
  asset: string;
  /** Runs a project's commands to their end. */
  build(p: Pipeline, project: "Build" | "Check", started?: Started): Promise<Finished>;
  /** The logs of the builds. */
  logs: string[];
  close(): Promise<void>;
}

const resource = ({ Resources }: Template, type: string, id: string): Record<string, unknown> => {
  const found = Object.entries(Resources).find(([name, { Type }]) => Type === type && new RegExp(`^${id}[0-9A-F]{8}$`).test(name));
  if (!found) throw new Error(`There is no ${type} ${id}`);
  return found[1].Properties;
};

/** Runs builds as CodeBuild does: the unpacked asset, a machine with Node, git and a shell, and an empty home. */
export async function startCodeBuild(template: Template, out: string): Promise<CodeBuild> {
  const machines = await mkdtemp(join(tmpdir(), "factpress-machines-"));
  const project = (id: string) => resource(template, "AWS::CodeBuild::Project", id);
  const [, hash] = /\/([0-9a-f]{64})\.zip/.exec(JSON.stringify(project("Build")["Source"])) ?? [];
  const asset = join(out, `asset.${hash}`);
  // The role of a project, from an address such as CodeBuild provides.
  const credentials = await listening(
    createServer(({ url = "" }, response) => {
      const role = { AccessKeyId: url.slice(1), SecretAccessKey: "secret", Token: "token", Expiration: "2100-01-01T00:00:00Z" };
      response.end(JSON.stringify(role));
    }),
  );
  const logs: string[] = [];
  return {
    asset,
    logs,
    async build(p, id, { name = "machine", environmentVariablesOverride = [] } = {}) {
      const machine = join(machines, name);
      for (const name of ["bin", "home", "tmp"]) await mkdir(join(machine, name), { recursive: true });
      for (const name of ["node", "git", "sh"])
        if (!(await readdir(join(machine, "bin"))).includes(name)) await symlink(String(findProgram(name)), join(machine, "bin", name));
      const source = join(machine, "src");
      await rm(source, { recursive: true, force: true });
      await cp(asset, source, { recursive: true });
      const { Environment, Source } = project(id) as {
        Environment: { EnvironmentVariables: { Name: string; Value: unknown }[] };
        Source: { BuildSpec: string };
      };
      const { phases } = JSON.parse(Source.BuildSpec) as { phases: { build: { commands: string[] } } };
      const env = {
        ...Object.fromEntries(Environment.EnvironmentVariables.map(({ Name, Value }) => [Name, p.environment[Name] ?? Value])),
        ...Object.fromEntries(environmentVariablesOverride.map(({ name, value }) => [name, value])),
        PATH: join(machine, "bin"),
        HOME: join(machine, "home"),
        TMPDIR: join(machine, "tmp"),
        AWS_REGION: "us-east-1",
        NODE_OPTIONS: `--import ${pathToFileURL(join(ROOT, "tests/servers/localhost.mjs")).href}`,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${credentials.port}/${id.toLowerCase()}`,
        AWS_ENDPOINT_URL: p.environment["AWS_ENDPOINT_URL"],
        AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: p.environment["AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE"],
      };
      const finished = await new Promise<Finished>((done) => {
        execFile("sh", ["-ec", phases.build.commands.join("\n")], { cwd: source, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
          done({ code: error ? Number(error.code ?? -1) : 0, out: stdout + stderr }),
        );
      });
      logs.push(finished.out);
      return finished;
    },
    async close() {
      await credentials.close();
      await rm(machines, { recursive: true, force: true });
    },
  };
}

interface Transformer {
  InputPathsMap: Record<string, string>;
  InputTemplate: string;
}

const valueAt = (event: unknown, path: string): unknown =>
  path
    .replace(/^\$\./, "")
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], event);

/** Transforms an event for the target of a rule of the stack: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function transformEvent<T>(template: Template, rule: string, event: object): T {
  const { Targets } = resource(template, "AWS::Events::Rule", rule) as { Targets: { InputTransformer: Transformer }[] };
  const { InputPathsMap, InputTemplate } = (Targets[0] as { InputTransformer: Transformer }).InputTransformer;
  const text = InputTemplate.replaceAll(/<([\w-]+)>/g, (_, name: string) => JSON.stringify(valueAt(event, InputPathsMap[name] as string)));
  return JSON.parse(text) as T;
}
