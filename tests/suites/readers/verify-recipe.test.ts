import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { verifyPage } from "../../../lib/site/pages.tsx";
import { scratch, write } from "../../scratch.ts";

const unescaped = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

describe("the recipe of /verify/, in a home directory", () => {
  let server: Server;
  afterEach(() => new Promise((done) => server.close(done)));

  /** Runs it against a release of some files; `listed` may name others than there are. */
  async function followed(files: Record<string, string>, listed = Object.keys(files)): Promise<{ home: string; out: string }> {
    const sums = listed
      .map(
        (name) =>
          `${createHash("sha256")
            .update(files[name] ?? "")
            .digest("hex")}  ${name}\n`,
      )
      .join("");
    const all: Record<string, string> = { ...files, SHA256SUMS: sums };
    server = createServer(({ url = "" }, response) => {
      const body = all[decodeURIComponent(url.split("/").at(-1) ?? "")];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const site = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const [, code = ""] = /<pre><code>(.*?)<\/code>/s.exec(await verifyPage({ assets: "/", style: "s.css", site })) ?? [];
    const home = await scratch();
    await write(home, { ".bashrc": "mine\n" });
    const script = unescaped(code).replace("DATASET/VERSION", "a/1.0.0");
    const out = await new Promise<string>((done) => execFile("bash", ["-c", script], { cwd: home }, (_, stdout) => done(stdout)));
    return { home, out };
  }

  it("downloads the files of a release and checks them", async () => {
    const { home, out } = await followed({ "a.csv": "id\n1\n", LICENSE: "Free.\n" });
    expect(out.trim().split("\n").sort()).toEqual(["LICENSE: OK", "a.csv: OK"]);
    expect(readFileSync(join(home, "release/a.csv"), "utf8")).toBe("id\n1\n");
  });

  it.each([".bashrc", "../.bashrc", "/tmp/x", "-o", "a b", "x/../../.bashrc"])("writes nothing if the list names %s", async (name) => {
    const { home, out } = await followed({ "a.csv": "id\n", [name]: "theirs\n" });
    expect(out).toContain("not file names of a release");
    expect(readFileSync(join(home, ".bashrc"), "utf8")).toBe("mine\n");
    expect(readdirSync(join(home, "release"))).toEqual(["SHA256SUMS"]);
    expect(existsSync(join(home, "release/.bashrc"))).toBe(false);
  });
});
