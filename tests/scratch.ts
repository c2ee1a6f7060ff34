import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, onTestFinished, vi } from "vitest";

const run = promisify(execFile);
export const ROOT = join(import.meta.dirname, "..");
/** The command line: the bundle that tests run (`program.ts`), or this checkout. */
export const PROGRAM = process.env["FACTPRESS_PROGRAM"] ?? join(ROOT, "bin/factpress.js");

/** The program that the hooks of a new remote start if `hooksHere` runs them. */
const HOOK_CLIENT = fileURLToPath(new URL("./hook-client.mjs", import.meta.url));

/** A folder that is deleted when the test ends. */
export async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function write(folder: string, files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(
      join(folder, name),
      typeof content === "string" || content instanceof Uint8Array ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  }
}

/** Every file below a folder, path → text, without a store's locks and its cached file system data. */
export async function tree(folder: string, below = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of (await readdir(join(folder, below), { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!/^\.factpress\/(lock|tmp|pages|preview|cursors)$/.test(path.replace(/^.*\/(?=\.factpress)/, "")))
        for (const [name, text] of await tree(folder, path)) files.set(name, text);
    } else files.set(path, await readFile(join(folder, path), "utf8"));
  }
  return files;
}

/** Fails unless the files of a folder have the SHA-256 that its SHA256SUMS lists, one or more. */
export async function expectSums(folder: string): Promise<void> {
  const lines = (await readFile(join(folder, "SHA256SUMS"), "utf8")).split("\n").filter(Boolean);
  expect(lines).not.toEqual([]);
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    const bytes = await readFile(join(folder, String(name)));
    expect([name, createHash("sha256").update(bytes).digest("hex")]).toEqual([name, sum]);
  }
}

export interface Finished {
  code: number;
  out: string;
}

/** The installed command line in its own process, for exit codes, signals, limits and concurrency. */
export async function factpressProcess(cwd: string, ...args: string[]): Promise<Finished> {
  try {
    const { stdout, stderr } = await run(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: 1 << 26,
    });
    return { code: 0, out: stdout + stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { code: failed.code ?? -1, out: `${failed.stdout}${failed.stderr}` };
  }
}

let previous: Promise<unknown> = Promise.resolve();

/**
 * The command line in this process, without the thread that limits it: starting a process for each run would take most of the
 * time of the tests. One run at a time, because it uses the working folder and output of this process.
 */
export const factpress = (cwd: string, ...args: string[]): Promise<Finished> => factpressAnswered(cwd, args);

/** The same with typed input; `heard` is called with the whole output so far whenever there is more. */
export function factpressAnswered(
  cwd: string,
  args: string[],
  stdin?: PassThrough,
  heard: (out: string) => void = () => {},
): Promise<Finished> {
  const finished = previous.then(() => runHere(cwd, args, stdin, heard));
  const settle = (): void => undefined;
  previous = finished.then(settle, settle);
  return finished;
}

async function runHere(cwd: string, args: string[], stdin: PassThrough | undefined, heard: (out: string) => void): Promise<Finished> {
  process.env["NO_COLOR"] = "1";
  const { runCommandLine } = await import("../bin/command-line.ts");
  const before = { cwd: process.cwd(), argv: process.argv, listeners: endingListeners() };
  const printed = { stdout: "", stderr: "" };
  const capture = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      printed[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      heard(printed.stdout);
      return true;
    });
  const spies = [capture("stdout"), capture("stderr")];
  const typed = stdin && vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as unknown as typeof process.stdin);
  process.chdir(cwd);
  const program = process.env["FACTPRESS_HOOKS"] === undefined ? PROGRAM : HOOK_CLIENT;
  process.argv = [process.execPath, program, ...args];
  try {
    return { code: await runCommandLine(args), out: printed.stdout + printed.stderr };
  } finally {
    typed?.mockRestore();
    for (const spy of spies) spy.mockRestore();
    process.argv = before.argv;
    process.chdir(before.cwd);
    for (const { signal, listener } of endingListeners())
      if (!before.listeners.some((known) => known.listener === listener)) process.off(signal, listener);
  }
}

const endingListeners = () =>
  (["SIGHUP", "SIGINT", "SIGTERM"] as const).flatMap((signal) => process.listeners(signal).map((listener) => ({ signal, listener })));

export interface TestRepository {
  folder: string;
  git(...args: string[]): Promise<string>;
  commit(message: string, date: string): Promise<string>;
}

/** A git repository whose commits are dated by the test. */
export async function repository(): Promise<TestRepository> {
  return newRepository(await scratch());
}

/** What `git init` writes, and the published branch. */
const INITIAL = {
  HEAD: "ref: refs/heads/main\n",
  config: "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n[factpress]\n\tbranch = main\n",
};

async function newRepository(folder: string): Promise<TestRepository> {
  for (const path of ["objects/info", "objects/pack", "refs/heads", "refs/tags"])
    await mkdir(join(folder, ".git", path), { recursive: true });
  await write(join(folder, ".git"), INITIAL);
  return repositoryIn(folder);
}

/** Gives each test a copy of one repository, which is made only once. */
export function copiesOf<T>(make: (repository: TestRepository) => Promise<T>): () => Promise<TestRepository & { made: T }> {
  let original: Promise<{ folder: string; made: T }> | undefined;
  const afterFile: string[] = [];
  const makeOriginal = async () => {
    const folder = await mkdtemp(join(tmpdir(), "factpress-test-"));
    afterFile.push(folder);
    return { folder, made: await make(await newRepository(folder)) };
  };
  afterAll(() => Promise.all(afterFile.map((folder) => rm(folder, { recursive: true, force: true }))));
  return async () => {
    original ??= makeOriginal();
    const { folder: from, made } = await original;
    const folder = await scratch();
    await cp(from, folder, { recursive: true });
    return { ...repositoryIn(folder), made };
  };
}

/** In a shell, because starting another process from this large one is slow. */
const COMMIT = 'git add -A && git commit -q --allow-empty -m "$1"';

/** The commit of HEAD, from the files that `git commit` has just written. */
async function headOf(folder: string): Promise<string> {
  const head = await readFile(join(folder, ".git/HEAD"), "utf8");
  const [, ref] = /^ref: (.+)\n$/.exec(head) ?? [];
  return (ref === undefined ? head : await readFile(join(folder, ".git", ref), "utf8")).trim();
}

function repositoryIn(folder: string): TestRepository {
  return {
    folder,
    git: async (...args) => (await run("git", args, { cwd: folder })).stdout.trim(),
    async commit(message, date) {
      const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
      await run("sh", ["-c", COMMIT, "sh", message], { cwd: folder, env });
      return headOf(folder);
    },
  };
}

/** A small dataset with what most tests need: a reference, a date, a list, a number. */
export const SMALL_SCHEMA = {
  type: "object",
  properties: {
    rivers: {
      type: "array",
      title: "Rivers",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "label"],
        additionalProperties: false,
        properties: { id: { type: "string" }, label: { type: "string", minLength: 1 } },
      },
    },
    levels: {
      type: "array",
      title: "Levels",
      primaryKey: ["river", "gauge"],
      items: {
        type: "object",
        required: ["river", "gauge", "metres"],
        additionalProperties: false,
        properties: {
          river: { type: "string", references: "rivers" },
          gauge: { type: "integer" },
          metres: { type: "number" },
          day: { type: "string", format: "edtf" },
          state: { enum: ["low", "high"] },
          seen: { type: "array", items: { type: "string" } },
          note: { type: "string" },
        },
      },
    },
  },
};

export const smallDataset = (version?: string): Record<string, unknown> => ({
  "dataset.json": {
    name: "small",
    title: "Small",
    description: "Levels of rivers.",
    licenses: [{ name: "CC0-1.0" }],
    ...(version ? { release: { version } } : {}),
  },
  "schema.json": SMALL_SCHEMA,
  "rivers.json": [
    { id: "rhine", label: "Rhine" },
    { id: "elbe", label: "Elbe" },
  ],
  "levels.json": [
    { river: "rhine", gauge: 1, metres: 2.5, day: "2020-12", state: "low", seen: ["Ann", "Bo;b"], note: "=1+1" },
    { river: "elbe", gauge: 1, metres: 3 },
  ],
});
