import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { PROGRAM } from "./scratch.ts";

interface Started {
  base: string;
  /** The command that shows the first rows of a table. */
  firstRows: string;
  until(words: string): Promise<void>;
  end(): Promise<unknown>;
}

/** `factpress start`, and a way to wait for what it says next. */
export async function started(cwd: string): Promise<Started> {
  const child = spawn(process.execPath, [PROGRAM, "start", "--port", "0"], { cwd, env: { ...process.env, NO_COLOR: "1" } });
  onTestFinished(() => void child.kill());
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const until = async (words: string): Promise<void> => {
    for (let tries = 0; !said.includes(words); tries += 1) {
      if (tries > 2_400 || child.exitCode !== null) throw new Error(`It did not say "${words}": ${said}`);
      await sleep(50);
    }
    said = said.slice(said.indexOf(words) + words.length);
  };
  await until("preview  ");
  const [base = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
  const shown = said;
  await until("Watching for changes");
  return {
    base,
    firstRows: /^ {2}(curl .*)$/m.exec(shown)?.[1] ?? "",
    until,
    end: async () => {
      child.kill("SIGINT");
      return (await once(child, "exit"))[0];
    },
  };
}
