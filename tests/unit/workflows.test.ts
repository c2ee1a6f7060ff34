import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../scratch.ts";

const FOLDER = ".github/workflows";
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** The permissions to write. All workflows besides may only read the repository. */
const WRITES: Record<string, string[]> = {
  // The role of the stack trusts the token of this workflow.
  "deploy.yml": ["id-token: write"],
  // The release and its provenance.
  "release.yml": ["contents: write", "id-token: write", "attestations: write"],
};

const workflows = readdirSync(join(ROOT, FOLDER)).map((name) => {
  const lines = readFileSync(join(ROOT, FOLDER, name), "utf8").split("\n");
  const after = (key: string): string[] => lines.flatMap((line) => new RegExp(`^\\s*(?:- )?${key}:\\s*(.+)$`).exec(line)?.[1] ?? []);
  return { name, lines, after };
});
type Workflow = (typeof workflows)[number];

const indentOf = (line: string): number => line.search(/\S/);

/** The lines of the blocks with this key, without the line of the key. */
const blocks = ({ lines }: Workflow, key: RegExp): string[][] =>
  lines.flatMap((line, i) => {
    if (!key.test(line)) return [];
    const end = lines.findIndex((next, at) => at > i && next.trim() !== "" && indentOf(next) <= indentOf(line));
    return [lines.slice(i + 1, end === -1 ? undefined : end).map((one) => one.trim())];
  });

/** The commands of a workflow, line by line. */
const commandsOf = (workflow: Workflow): string[] => [
  ...workflow.after("run").filter((text) => text !== "|"),
  ...blocks(workflow, /^\s*(?:- )?run: \|$/).flat(),
];

describe.each(workflows)("the workflow $name", (workflow) => {
  it("names each action by commit, with its version in a comment", () => {
    const actions = workflow.after("uses");
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("has the least permissions", () => {
    const [first, ...others] = blocks(workflow, /^permissions:$/);
    expect(first).toContain("contents: read");
    expect(others).toEqual([]);
    const granted = blocks(workflow, /^\s*permissions:$/).flat();
    expect(granted.filter((one) => one !== "contents: read" && one !== "")).toEqual(WRITES[workflow.name] ?? []);
    expect(workflow.lines.filter((line) => /permissions:\s*\S/.test(line))).toEqual([]);
  });

  it("leaves no credentials to its commands, which contain nothing that others wrote", () => {
    const checkouts = workflow.after("uses").filter((action) => action.startsWith("actions/checkout@"));
    expect(workflow.after("persist-credentials")).toEqual(checkouts.map(() => "false"));
    expect(commandsOf(workflow).filter((command) => command.includes("${{"))).toEqual([]);
    expect(workflow.lines.filter((line) => line.includes("pull_request_target") || line.includes("workflow_run"))).toEqual([]);
  });

  it("runs scripts that exist", () => {
    const commands = commandsOf(workflow);
    const run = commands.flatMap((command) => [...command.matchAll(/\bnpm run ([\w:]+)/g)].map(([, script = ""]) => script));
    expect(run.filter((script) => scripts[script] === undefined)).toEqual([]);
    const files = commands.flatMap((command) => [...command.matchAll(/\bbash (\S+)/g)].map(([, file = ""]) => file));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    expect(commands.length).toBeGreaterThan(0);
  });
});
