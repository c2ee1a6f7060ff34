import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gitEnvironment } from "../../../../lib/adapters/git/git-environment.ts";
import { GitError } from "../../../../lib/adapters/git/git-error.ts";
import { runGit, runGitOptional, runGitWithInput } from "../../../../lib/adapters/git/run-git.ts";
import { safeGitDirectories } from "../../../../lib/adapters/git/safe-git-directories.ts";
import { ROOT, repository, scratch } from "../../../scratch.ts";

/** A repository with two commits of `f`, and a program that leaves a mark when it runs. */
async function planted(): Promise<{ folder: string; mark: string; program: string; first: string; second: string }> {
  const { folder, commit } = await repository();
  writeFileSync(join(folder, "f"), "one\n");
  const first = await commit("1", "2024-01-01T00:00:00Z");
  writeFileSync(join(folder, "f"), "two\n");
  const second = await commit("2", "2024-01-02T00:00:00Z");
  const mark = join(await scratch(), "mark");
  const program = join(await scratch(), "program.sh");
  writeFileSync(program, `#!/bin/sh\n: >'${mark}'\nexit 1\n`, { mode: 0o755 });
  return { folder, mark, program, first, second };
}

type Place = Awaited<ReturnType<typeof planted>>;

/** What an unpacked archive, a clone or an environment may hold, and the command of git that would fall for it. */
interface Attack {
  plant(place: Place): void;
  command: string[] | ((place: Place) => string[]);
}

const configure = ({ folder }: Place, text: string): void =>
  writeFileSync(join(folder, ".git/config"), `${readFileSync(join(folder, ".git/config"), "utf8")}\n${text}\n`);

const missingObject = "1111111111111111111111111111111111111111";
const promisor = (program: string): string =>
  `[extensions]\n\tpartialClone = evil\n[core]\n\trepositoryFormatVersion = 1\n[remote "evil"]\n\turl = .\n\tpromisor = true\n\tuploadpack = "${program}"`;

const ATTACKS: [string, Attack][] = [
  [
    "the program of a promisor remote that would be asked for a missing object",
    { plant: (place) => configure(place, promisor(place.program)), command: ["cat-file", "-p", missingObject] },
  ],
  [
    "the same in a file that the configuration includes for this folder",
    {
      plant: (place) => {
        writeFileSync(join(place.folder, ".git/more"), promisor(place.program));
        configure(
          place,
          '[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = evil\n[includeIf "gitdir:**"]\n\tpath = more',
        );
      },
      command: ["cat-file", "-p", missingObject],
    },
  ],
  [
    "the same in the configuration of a worktree",
    {
      plant: (place) => {
        configure(place, "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tworktreeConfig = true\n\tpartialClone = evil\n");
        writeFileSync(join(place.folder, ".git/config.worktree"), promisor(place.program));
      },
      command: ["cat-file", "-p", missingObject],
    },
  ],
  [
    "a file system monitor",
    { plant: (place) => configure(place, `[core]\n\tfsmonitor = "${place.program}"`), command: ["status", "--porcelain"] },
  ],
  [
    "a program for differences",
    { plant: (place) => configure(place, `[diff]\n\texternal = "${place.program}"`), command: ["diff", "HEAD~1", "HEAD"] },
  ],
  [
    "a hook",
    {
      plant: ({ folder, program }) => {
        mkdirSync(join(folder, ".git/hooks"), { recursive: true });
        writeFileSync(join(folder, ".git/hooks/reference-transaction"), readFileSync(program), { mode: 0o755 });
      },
      command: ["update-ref", "refs/heads/other", "HEAD"],
    },
  ],
  [
    "hooks in another folder",
    {
      plant: (place) => {
        mkdirSync(join(place.folder, "hooks"));
        writeFileSync(join(place.folder, "hooks/reference-transaction"), readFileSync(place.program), { mode: 0o755 });
        configure(place, `[core]\n\thooksPath = "${join(place.folder, "hooks")}"`);
      },
      command: ["update-ref", "refs/heads/other", "HEAD"],
    },
  ],
  [
    "a program for signatures",
    {
      plant: (place) => {
        configure(place, `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = "${place.program}"`);
        const commit = execFileSync("git", ["-C", place.folder, "cat-file", "commit", "HEAD"], { encoding: "utf8" });
        const signed = commit.replace("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n");
        const id = execFileSync("git", ["-C", place.folder, "hash-object", "-t", "commit", "-w", "--stdin"], {
          input: signed,
          encoding: "utf8",
        });
        execFileSync("git", ["-C", place.folder, "update-ref", "refs/heads/signed", id.trim()]);
      },
      command: ["log", "--format=%G?", "refs/heads/signed"],
    },
  ],
  [
    "a program of an alternate's references",
    {
      plant: (place) => {
        execFileSync("git", ["clone", "-q", "--bare", place.folder, join(place.folder, "other.git")]);
        writeFileSync(join(place.folder, ".git/objects/info/alternates"), `${join(place.folder, "other.git/objects")}\n`);
        configure(place, `[core]\n\talternateRefsCommand = "${place.program}"`);
      },
      command: ["rev-list", "--all", "--alternate-refs"],
    },
  ],
  [
    "a remote that is a program",
    {
      plant: (place) => configure(place, `[protocol]\n\tallow = always\n[remote "x"]\n\turl = "ext::${place.program}"`),
      command: ["fetch", "x"],
    },
  ],
  [
    "a program for a remote over SSH",
    {
      plant: (place) => configure(place, `[core]\n\tsshCommand = "${place.program}"\n[remote "x"]\n\turl = "ssh://localhost/x"`),
      command: ["fetch", "x"],
    },
  ],
  [
    "a program that asks for passwords",
    {
      plant: (place) => configure(place, `[core]\n\taskPass = "${place.program}"`),
      command: ["-c", "credential.username=x", "credential", "fill"],
    },
  ],
];

const run = (place: Place, command: string[], env: NodeJS.ProcessEnv = process.env): void => {
  try {
    execFileSync("git", ["-C", place.folder, ...command], { env, stdio: ["pipe", "ignore", "ignore"], input: "url=https://localhost\n\n" });
  } catch (error) {
    // The planted program fails, and git with it.
    if ((error as { status?: number }).status === undefined) throw error;
  }
};

const outcome = (work: Promise<string>): Promise<string | GitError> =>
  work.catch((error: unknown) => {
    if (error instanceof GitError) return error;
    throw error;
  });

describe("git in an untrusted repository", () => {
  it.each(ATTACKS)("does not run %s, which plain git runs", async (_what, { plant, command }) => {
    const place = await planted();
    plant(place);
    const args = typeof command === "function" ? command(place) : command;
    run(place, args);
    expect(existsSync(place.mark)).toBe(true);
    rmSync(place.mark);
    await outcome(runGitWithInput({ folder: place.folder }, ["url=https://localhost", ""], ...args));
    expect(existsSync(place.mark)).toBe(false);
  });

  it.each(["GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_CONFIG_PARAMETERS"])("does not run what %s names", async (name) => {
    const place = await planted();
    const value = name === "GIT_CONFIG_PARAMETERS" ? `'diff.external'='${place.program}'` : place.program;
    const command = name === "GIT_SSH_COMMAND" ? ["fetch", "ssh://localhost/x"] : ["diff", "HEAD~1", "HEAD"];
    run(place, command, { ...process.env, [name]: value });
    expect(existsSync(place.mark)).toBe(true);
    rmSync(place.mark);
    process.env[name] = value;
    await outcome(runGit({ folder: place.folder }, ...command));
    expect(existsSync(place.mark)).toBe(false);
  });

  it("does not treat a folder that looks like a bare repository as one", async () => {
    const { folder } = await planted();
    const inner = join(folder, "data");
    execFileSync("git", ["clone", "-q", "--bare", folder, inner]);
    expect(await outcome(runGit({ folder: inner }, "rev-parse", "--git-dir"))).toMatchObject({
      exitCode: 128,
      stderr: expect.stringContaining("bare repository"),
    });
    expect(await runGit({ gitDir: inner }, "rev-parse", "--is-bare-repository")).toBe("true\n");
  });

  it("reads objects, parents and environments as they are named: no replacement, graft, graph or directory of the environment", async () => {
    const { folder, first, second } = await planted();
    const git = (...args: string[]): string =>
      execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] }).trim();
    const blob = git("rev-parse", "HEAD:f");
    git("replace", blob, git("rev-parse", "HEAD~1:f"));
    mkdirSync(join(folder, ".git/info"), { recursive: true });
    writeFileSync(join(folder, ".git/info/grafts"), `${second}\n`);
    expect([git("cat-file", "-p", blob), git("rev-list", "HEAD")]).toEqual(["one", second]);
    process.env["GIT_DIR"] = join(folder, "nowhere");
    process.env["GIT_GRAFT_FILE"] = join(folder, ".git/info/grafts");
    expect(await runGit({ folder }, "cat-file", "-p", blob)).toBe("two\n");
    expect(await runGit({ folder }, "rev-list", "HEAD")).toBe(`${second}\n${first}\n`);
  });

  it("ignores parents from a commit-graph", async () => {
    const { folder, first, second } = await planted();
    execFileSync("git", ["-C", folder, "commit-graph", "write", "--reachable"]);
    const path = join(folder, ".git/objects/info/commit-graph");
    const graph = readFileSync(path);
    // In the chunk CDAT, after the id of the tree: the position of the first parent.
    const chunks = [...Array(graph.readUInt8(6)).keys()].map((i) => 8 + 12 * i);
    const start = Number(graph.readBigUInt64BE((chunks.find((at) => graph.toString("latin1", at, at + 4) === "CDAT") ?? 0) + 4));
    const place = [first, second].sort().indexOf(second);
    graph.writeUInt32BE(0x70000000, start + place * 36 + 20);
    rmSync(path);
    writeFileSync(path, graph);
    expect(execFileSync("git", ["-C", folder, "rev-list", "HEAD"], { encoding: "utf8" })).toBe(`${second}\n`);
    expect(await runGit({ folder }, "rev-list", "HEAD")).toBe(`${second}\n${first}\n`);
  });

  const names = new Set(Object.keys(process.env));
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!names.has(name)) delete process.env[name];
  });
});

describe("the environment of git", () => {
  const hostile = {
    PATH: "/bin",
    GIT_DIR: "x",
    GIT_WORK_TREE: "x",
    GIT_TRACE: "/tmp/x",
    GIT_SHALLOW_FILE: "x",
    GIT_OBJECT_DIRECTORY: "objects",
    GIT_QUARANTINE_PATH: "q",
    GIT_CONFIG_GLOBAL: "/dev/null",
    LC_ALL: "de_DE.UTF-8",
    git_dir: "x",
  };

  it("keeps only the git variables that locate the user's settings", () => {
    const env = gitEnvironment(hostile);
    expect(
      Object.keys(env)
        .filter((name) => name in hostile)
        .sort(),
    ).toEqual(["GIT_CONFIG_GLOBAL", "LC_ALL", "PATH"]);
    expect(env).toMatchObject({ LC_ALL: "C", PATH: "/bin", GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none", GIT_OPTIONAL_LOCKS: "0" });
  });

  it("reads objects in quarantine only in a hook", () => {
    expect(gitEnvironment(hostile, true)).toMatchObject({ GIT_OBJECT_DIRECTORY: "objects", GIT_QUARANTINE_PATH: "q" });
  });

  it("keeps directories that an environment declares safe, and nothing else of that configuration", () => {
    expect(
      safeGitDirectories({
        GIT_CONFIG_COUNT: "3",
        GIT_CONFIG_KEY_0: "core.fsmonitor",
        GIT_CONFIG_VALUE_0: "x",
        GIT_CONFIG_KEY_1: "Safe.Directory",
        GIT_CONFIG_VALUE_1: "/work",
        GIT_CONFIG_KEY_2: "safe.directory",
        GIT_CONFIG_VALUE_2: "*",
        GIT_CONFIG_KEY_3: "safe.directory",
        GIT_CONFIG_VALUE_3: "/beyond",
      }),
    ).toEqual(["/work", "*"]);
    expect(safeGitDirectories({ GIT_CONFIG_COUNT: "x" })).toEqual([]);
  });
});

describe("what git answers", () => {
  it("distinguishes a negative answer from a failure", async () => {
    const { folder } = await planted();
    expect(await runGitOptional({ folder }, "config", "--get", "no.such")).toBeUndefined();
    expect(await runGitOptional({ folder }, "rev-parse", "--verify", "--quiet", "HEAD")).toMatch(/^[0-9a-f]{40}\n$/);
    await expect(runGitOptional({ folder }, "merge-base", "HEAD", "nowhere")).rejects.toMatchObject({
      name: "GitError",
      exitCode: 128,
      message: "git merge-base failed: fatal: Not a valid object name nowhere",
    });
  });

  it("fails when git ends before it has answered, and when it does not start", async () => {
    const { folder } = await planted();
    const lines = Array.from({ length: 50_000 }, () => "HEAD");
    await expect(runGitWithInput({ folder }, lines, "cat-file", "--no-such-option")).rejects.toMatchObject({
      name: "GitError",
      exitCode: 129,
    });
    expect(await runGitWithInput({ folder }, ["HEAD:f", "HEAD:g"], "cat-file", "--batch-check=%(objecttype)")).toBe(
      "blob\nHEAD:g missing\n",
    );
    const path = process.env["PATH"];
    process.env["PATH"] = folder;
    try {
      await expect(runGit({ folder }, "status")).rejects.toThrow("git status failed: git is not installed, or not in PATH");
      await expect(runGitWithInput({ folder }, [], "cat-file", "--batch")).rejects.toThrow("git is not installed");
    } finally {
      process.env["PATH"] = path;
    }
  });
});

/** Every source file below some folders. */
function sources(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? sources(path) : /\.(ts|tsx|js|mjs)$/.test(entry.name) ? [path] : [];
    }),
  );
}

it("is the only module that starts git", () => {
  const starting = sources("bin", "lib", "lambdas").filter((path) =>
    /(spawn|exec|fork)\w*\(\s*["'`]git\b/i.test(readFileSync(join(ROOT, path), "utf8")),
  );
  expect(starting).toEqual(["lib/adapters/git/run-git.ts"]);
});
