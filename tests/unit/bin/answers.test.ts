import { PassThrough } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import { Answers } from "../../../bin/answers.ts";
import { printed } from "../../printed.ts";

it("trims an answer, whether it comes before the question or after it", async () => {
  const typed = new PassThrough();
  const stdin = vi.spyOn(process, "stdin", "get").mockReturnValue(typed as unknown as typeof process.stdin);
  onTestFinished(() => stdin.mockRestore());
  const found: string[] = [];
  await printed(async () => {
    const answers = new Answers();
    const first = answers.next();
    typed.write("  Rhine \n Elbe  \n");
    found.push(await first, await answers.next());
    answers.close();
  });
  expect(found).toEqual(["Rhine", "Elbe"]);
});
