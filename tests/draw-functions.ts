/**
 * Prints names of exported functions, drawn by a seed: someone who has not read the code names the file of each, from
 * `git ls-files bin lambdas lib` alone. `node --import tsx tests/draw-functions.ts [seed] [count] [--answers]`
 */
import { createHash } from "node:crypto";
import { exportedNames } from "./exported-names.ts";
import { ROOT } from "./scratch.ts";

const [seed = "1", count = "20"] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const showsAnswers = process.argv.includes("--answers");
const rank = (name: string): string => createHash("sha256").update(`${seed}\0${name}`).digest("hex");

const functions = exportedNames(ROOT, "bin", "lib", "lambdas").filter(({ kind }) => kind === "function" || kind === "class");
// A name that several files export (createEncoder, handler) has no single right answer.
const single = functions.filter(({ name }) => functions.filter((other) => other.name === name).length === 1);
const drawn = single.sort((a, b) => (rank(a.name) < rank(b.name) ? -1 : 1)).slice(0, Number(count));
for (const { name, file } of drawn) process.stdout.write(showsAnswers ? `${name}  ${file}\n` : `${name}\n`);
