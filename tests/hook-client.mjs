// What a hook of a test's remote runs in place of the program: lets the test's process do the work (hooks-here.ts).
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const socket = connect(process.env.FACTPRESS_HOOKS);
let answer = "";
socket.setEncoding("utf8");
socket.on("data", (text) => {
  answer += text;
});
socket.on("end", () => {
  const { code, out } = JSON.parse(answer);
  process.stdout.write(out);
  process.exitCode = code;
});
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("GIT_")));
socket.end(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), env, input: readFileSync(0, "utf8") }));
