import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkedCounts } from "../../../bin/commands/checked-counts.ts";
import { explainCsvColumns } from "../../../bin/commands/explain-csv-columns.ts";
import { jsonFileText } from "../../../bin/commands/json-file-text.ts";
import { parseServerPort } from "../../../bin/commands/parse-server-port.ts";
import { parseSiteUrl } from "../../../bin/commands/parse-site-url.ts";
import { datasetsFolderIn } from "../../../bin/find-present-datasets.ts";
import { openSigner } from "../../../bin/open-signer.ts";
import { openStore } from "../../../bin/open-store.ts";
import { PRINTED, printProblems } from "../../../bin/print-problems.ts";
import { printWarnings } from "../../../bin/print-warnings.ts";
import { readText } from "../../../bin/read-text.ts";
import { replaceText } from "../../../bin/replace-text.ts";
import { storeHeaders } from "../../../bin/store-headers.ts";
import { UsageError } from "../../../bin/usage-error.ts";
import { withWorkspaces } from "../../../bin/with-workspaces.ts";
import { UnknownColumnError } from "../../../lib/csv-import/unknown-column-error.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";
import { printed } from "../../printed.ts";
import { scratch } from "../../scratch.ts";

describe("options", () => {
  it("name a port from 0 to 65535", () => {
    expect(["0", "8080", "65535"].map(parseServerPort)).toEqual([0, 8080, 65535]);
    for (const text of ["-1", "65536", "1.5", "x"])
      expect(() => parseServerPort(text)).toThrow(new UsageError(`--port is a number from 0 to 65535, not "${text}"`));
  });

  it("name the address of a site, without a slash at its end", () => {
    expect(["https://data.example.org", "https://data.example.org//", "http://localhost:8080/"].map(parseSiteUrl)).toEqual([
      "https://data.example.org",
      "https://data.example.org",
      "http://localhost:8080",
    ]);
    for (const text of ["data.example.org", "ftp://data.example.org", "https://", "https:///a", "https://a b", "https://[", " https://a"])
      expect(() => parseSiteUrl(text)).toThrow(new UsageError(`--url is a web address such as https://data.example.org, not "${text}"`));
    for (const text of ["https://data.example.org/a", "https://data.example.org/a/"])
      expect(() => parseSiteUrl(text)).toThrow(
        new UsageError(`--url has no path: a site is served from the root of its address, not from "${text}"`),
      );
  });

  it("name no store that cannot be written", async () => {
    const message = /^https:\/\/data\.example\.org is not a writable store: name a directory, or s3:/;
    await expect(openStore("https://data.example.org")).rejects.toThrow(message);
    await expect(openStore("https://data.example.org")).rejects.toBeInstanceOf(UsageError);
  });

  it("need no key", async () => {
    expect([await openSigner(""), await openSigner()]).toEqual([{}, {}]);
  });
});

describe("files", () => {
  it("are read as text if they are UTF-8", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "a"), "é");
    await writeFile(join(folder, "b"), Buffer.from([0xe9]));
    expect([await readText(join(folder, "a")), await readText(join(folder, "b"))]).toEqual(["é", undefined]);
  });

  it("are replaced only if they are still what was read", async () => {
    const folder = await scratch();
    const path = join(folder, "a");
    expect(await replaceText(folder, "a", "x", "1")).toBe(false);
    expect(await replaceText(folder, "a", undefined, "1")).toBe(true);
    expect(await replaceText(folder, "a", undefined, "2")).toBe(false);
    expect(await replaceText(folder, "a", "x", "2")).toBe(false);
    expect(await readFile(path, "utf8")).toBe("1");
    expect(await replaceText(folder, "a", "1", "2")).toBe(true);
    expect(await readFile(path, "utf8")).toBe("2");
  });

  it("are JSON, indented", () => {
    expect(jsonFileText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });

  it("have the headers of their kind", () => {
    expect(storeHeaders("d/1.0.0/t.csv")).toEqual({
      contentType: "text/csv; charset=utf-8",
      cacheControl: expect.stringContaining("immutable"),
    });
    expect(storeHeaders("d/releases.json").cacheControl).not.toContain("immutable");
  });

  it("of a dataset are in a folder of the repository", () => {
    expect([datasetsFolderIn(""), datasetsFolderIn("a/b")]).toEqual(["data", "a/b/data"]);
  });

  it("of workspaces are deleted, even after a failure", async () => {
    const opened: { read(name: string): AsyncIterable<Uint8Array> }[] = [];
    const failed = withWorkspaces(2, async (...workspaces) => {
      opened.push(...workspaces);
      const writer = await workspaces[0]?.create("a");
      await writer?.close();
      throw new Error("stop");
    });
    await expect(failed).rejects.toThrow("stop");
    expect(opened).toHaveLength(2);
    for (const workspace of opened) await expect(readWhole(workspace.read("a"))).rejects.toThrow();
    expect(await withWorkspaces(0, async () => 7)).toBe(7);
  });
});

describe("what is printed", () => {
  const problem = (line: number): Problem => ({ file: "t.json", line, column: 1, message: `wrong ${line}` });
  const problems = (count: number): Problem[] => Array.from({ length: count }, (_, i) => problem(i + 1));

  it("is each problem, up to a maximum, and their number", async () => {
    const one = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(1), problemCount: 1 }));
    expect(one).toMatch(/wrong 1[\s\S]*\n1 problem in data\/d\n$/);
    const all = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(PRINTED), problemCount: PRINTED }));
    expect(all).toMatch(/wrong 100[\s\S]*\n100 problems in data\/d\n$/);
    const more = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(PRINTED + 1), problemCount: 500 }));
    expect(more).toMatch(/\n500 problems in data\/d; the first 100 are shown\n$/);
    expect(more).not.toContain("wrong 101");
  });

  it("is each warning, and their number", async () => {
    const folder = { shown: "data/d" } as Parameters<typeof printWarnings>[0];
    expect(await printed(() => printWarnings(folder, []))).toBe("");
    expect(await printed(() => printWarnings(folder, problems(2)))).toMatch(/wrong 1[\s\S]*wrong 2[\s\S]*\n2 warnings in data\/d\n$/);
  });

  it("counts the records of each table", () => {
    expect(
      checkedCounts({
        records: new Map([
          ["facts", 2],
          ["sources", 1],
        ]),
      } as never),
    ).toBe("2 facts, 1 sources");
  });

  it("names the file of an unknown column", async () => {
    const unknown = () => Promise.reject(new UnknownColumnError('there is no column "x"'));
    await expect(explainCsvColumns("a.csv", unknown)).rejects.toThrow(new UsageError('In a.csv there is no column "x"'));
    await expect(explainCsvColumns("a.csv", () => Promise.reject(new TypeError("bug")))).rejects.toThrow(new TypeError("bug"));
    expect(await explainCsvColumns("a.csv", async () => 1)).toBe(1);
  });
});
