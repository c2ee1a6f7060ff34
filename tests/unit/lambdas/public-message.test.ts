import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isMachineMessage, publicMessage } from "../../../lambdas/public-message.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";
import { scratch } from "../../scratch.ts";

const errorOf = (failing: () => Promise<unknown>): Promise<NodeJS.ErrnoException> =>
  failing().then(
    () => Promise.reject(new Error("It did not fail")),
    (error: NodeJS.ErrnoException) => error,
  );

describe("the public message of an error", () => {
  it("of the system is its code, without a path", async () => {
    const folder = await scratch();
    await mkdir(join(folder, "a"));
    for (const [failing, code, machine] of [
      [() => writeFile("/dev/full", "x"), "ENOSPC", true],
      [() => writeFile(join(folder, "a"), "x"), "EISDIR", false],
      [() => readFile(join(folder, "missing")), "ENOENT", false],
      [() => writeFile(join(folder, "n".repeat(300)), "x"), "ENAMETOOLONG", false],
    ] as const) {
      const error = await errorOf(failing);
      expect([publicMessage(error), isMachineMessage(error)]).toEqual([`Internal error; see the logs of the function (${code})`, machine]);
    }
  });

  it("that names a temporary file is not shown", async () => {
    expect(publicMessage(new Error(`cannot parse ${await scratch()}/a.json`))).toBe("Internal error; see the logs of the function");
  });

  it("of AWS is its name, of the forge its public one, of Factpress its own", () => {
    expect(publicMessage(Object.assign(new Error("arn:aws:iam::123:role"), { name: "AccessDenied", $metadata: {} }))).toBe(
      "AWS answered AccessDenied",
    );
    expect(publicMessage(new ForgeError("token x", { reason: "refused", publicMessage: "GitHub answered 403" }))).toBe(
      "GitHub answered 403",
    );
    expect(publicMessage(new Error("Gave up after 100 conflicts"))).toBe("Gave up after 100 conflicts");
  });
});
