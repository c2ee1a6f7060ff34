import { describe, expect, it } from "vitest";
import { ALIASES_KEY } from "../../../lib/contract/aliases-key.ts";
import { catalogueKey } from "../../../lib/contract/catalogue-key.ts";
import { CHECKSUM_COMMANDS } from "../../../lib/contract/checksum-commands.ts";
import { COMMIT_ID } from "../../../lib/contract/commit-id.ts";
import { isDatasetName, RESERVED_DATASET_NAMES } from "../../../lib/contract/dataset-name.ts";
import { documentLimit } from "../../../lib/contract/document-limit.ts";
import { feedKey } from "../../../lib/contract/feed-key.ts";
import { grouped } from "../../../lib/contract/grouped.ts";
import { isExactVersion } from "../../../lib/contract/is-exact-version.ts";
import { isObject } from "../../../lib/contract/is-object.ts";
import { plural } from "../../../lib/contract/plural.ts";
import { shortCommitId } from "../../../lib/contract/short-commit-id.ts";

describe("keys of a store", () => {
  it("are addresses that readers know", () => {
    expect([catalogueKey("rivers"), feedKey("rivers"), ALIASES_KEY]).toEqual([
      "rivers/releases.json",
      "rivers/feed.xml",
      ".factpress/aliases.json",
    ]);
    expect([...RESERVED_DATASET_NAMES].sort()).toEqual(["assets", "pages", "preview", "verify"]);
  });

  it("are read up to a limit, which is higher for differences", () => {
    const limit = documentLimit("rivers/releases.json");
    expect(limit).toBeGreaterThan(1_000_000);
    expect(documentLimit("rivers/1.0.0/changes.json")).toBeGreaterThan(limit);
    expect(documentLimit("rivers/1.0.0/changes.json.gz")).toBe(limit);
  });
});

describe("COMMIT_ID", () => {
  it.each(["a".repeat(40), "0".repeat(64)])("matches %s", (id) => {
    expect(COMMIT_ID.test(id)).toBe(true);
  });

  it.each([
    "",
    "main",
    "--all",
    "a".repeat(39),
    "a".repeat(41),
    "a".repeat(65),
    "A".repeat(40),
    `x${"a".repeat(40)}`,
    `${"a".repeat(40)}\n`,
  ])("does not match %j", (id) => {
    expect(COMMIT_ID.test(id)).toBe(false);
  });

  it("is shown by its first ten characters", () => {
    expect(shortCommitId("0123456789abcdef")).toBe("0123456789");
  });
});

describe("isDatasetName", () => {
  it.each(["a", "1", "abraham-accords", "a1-b2-c3", "a".repeat(100)])("accepts %s", (name) => {
    expect(isDatasetName(name)).toBe(true);
  });

  it.each(["", "A", "a_b", "-a", "a-", "a--b", "a.b", "a/b", "ä", "a ", "a".repeat(101)])("refuses %j", (name) => {
    expect(isDatasetName(name)).toBe(false);
  });
});

describe("isExactVersion", () => {
  it.each(["0.0.1", "1.2.3", "10.20.30"])("accepts %s", (version) => {
    expect(isExactVersion(version)).toBe(true);
  });

  it.each(["1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-rc.1", "1.2.3+b", "1.x.3", "a.b.c", " 1.2.3", "1.2.3\n", "1..3"])(
    "refuses %j",
    (version) => {
      expect(isExactVersion(version)).toBe(false);
    },
  );
});

describe("isObject", () => {
  it("is true for objects only, not for null or lists", () => {
    expect([{}, { a: 1 }].map((value) => isObject(value))).toEqual([true, true]);
    expect([null, [], "a", 1, undefined, true].some((value) => isObject(value))).toBe(false);
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [20000, "20,000"],
    [123456, "123,456"],
    [1234567, "1,234,567"],
  ])("%d is written as %s", (count, text) => {
    expect(grouped(count)).toBe(text);
  });

  it("have a noun in the singular only if they are one", () => {
    expect([0, 1, 2].map((count) => plural(count, "problem"))).toEqual(["0 problems", "1 problem", "2 problems"]);
  });
});

describe("CHECKSUM_COMMANDS", () => {
  it("check the files that are there, by the manifest", () => {
    expect(CHECKSUM_COMMANDS.map(({ system }) => system)).toEqual(["Linux", "macOS", "Windows (PowerShell)"]);
    const [linux, mac, windows] = CHECKSUM_COMMANDS.map(({ command }) => command);
    expect(linux).toBe("sha256sum --ignore-missing -c SHA256SUMS");
    expect(mac).toBe("shasum -a 256 --ignore-missing -c SHA256SUMS");
    expect(windows).toMatch(/^Get-Content SHA256SUMS \| .*-split " {2}".*Test-Path.*SHA256/);
  });
});
