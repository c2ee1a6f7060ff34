import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findVerifyTarget } from "../../../bin/commands/verify-target.ts";
import { UsageError } from "../../../bin/usage-error.ts";
import { scratch, write } from "../../scratch.ts";

const seen = async (place: string): Promise<object> => {
  const { store: _, aliases, folders, ...target } = await findVerifyTarget(place);
  return { ...target, ...(folders ? { folders: await folders() } : {}), aliases: aliases !== undefined };
};

describe("an address to verify", () => {
  it.each([
    ["https://data.example.org/rivers", { url: "https://data.example.org", dataset: "rivers" }],
    ["https://data.example.org/rivers/", { url: "https://data.example.org", dataset: "rivers" }],
    [
      "https://data.example.org/rivers/1.0.0",
      { url: "https://data.example.org", release: { path: "rivers/1.0.0", dataset: "rivers", version: "1.0.0" } },
    ],
    ["http://127.0.0.1:8080/a/rivers/", { url: "http://127.0.0.1:8080/a", dataset: "rivers" }],
    ["https://data.example.org/v1.0.0/", { url: "https://data.example.org", dataset: "v1.0.0" }],
    ["https://data.example.org/1.0.0.0/", { url: "https://data.example.org", dataset: "1.0.0.0" }],
    ["https://data.example.org", { url: "https://data.example.org" }],
  ])("%s names a site, a dataset or a release", async (place, expected) => {
    expect(await seen(place)).toEqual({ ...expected, aliases: false });
  });

  it("must name a dataset before the version", async () => {
    await expect(findVerifyTarget("https://data.example.org/1.0.0")).rejects.toThrow(
      new UsageError("Name a dataset before the version: https://data.example.org/NAME/1.0.0/"),
    );
  });
});

describe("a folder to verify", () => {
  it("is a store, a dataset of one, or a release of it", async () => {
    const store = await scratch();
    await write(store, { "rivers/releases.json": "", "rivers/1.0.0/SHA256SUMS": "" });
    await mkdir(join(store, ".factpress"));
    expect(await seen(store)).toEqual({ folders: ["rivers"], aliases: false });
    expect(await seen(join(store, "rivers"))).toEqual({ dataset: "rivers", aliases: false });
    const release = { path: "1.0.0", dataset: "rivers", version: "1.0.0" };
    expect(await seen(join(store, "rivers/1.0.0"))).toEqual({ release, aliases: false });
    await write(store, { ".factpress/aliases.json": "{}" });
    expect(await seen(store)).toEqual({ folders: ["rivers"], aliases: true });
    expect(await seen(join(store, "rivers"))).toEqual({ dataset: "rivers", aliases: true });
  });

  it("is a release whose dataset is only known from the store that contains it", async () => {
    const place = await scratch();
    await write(place, {
      "copy/1.0.0/SHA256SUMS": "",
      "mirror/.well-known/jwks.json": "",
      "mirror/rivers/1.0.0/SHA256SUMS": "",
      "rivers-1.0.0/SHA256SUMS": "",
      "Rivers-1.0.0/SHA256SUMS": "",
      "rivers-1.0.0-copy/SHA256SUMS": "",
      "download/SHA256SUMS": "",
    });
    const release = async (path: string): Promise<unknown> => ((await seen(join(place, path))) as { release?: object }).release;
    expect(await release("copy/1.0.0")).toEqual({ path: "1.0.0", version: "1.0.0", dataset: undefined });
    expect(await release("mirror/rivers/1.0.0")).toEqual({ path: "1.0.0", version: "1.0.0", dataset: "rivers" });
    expect(await release("rivers-1.0.0")).toEqual({ path: "rivers-1.0.0", dataset: "rivers", version: "1.0.0" });
    expect(await release("Rivers-1.0.0")).toEqual({ path: "Rivers-1.0.0", dataset: undefined, version: undefined });
    expect(await release("rivers-1.0.0-copy")).toEqual({ path: "rivers-1.0.0-copy", dataset: undefined, version: undefined });
    expect(await release("download")).toEqual({ path: "download", dataset: undefined, version: undefined });
  });

  it("is nothing else", async () => {
    const place = await scratch();
    await expect(findVerifyTarget(join(place, "none"))).rejects.toThrow(new UsageError(`There is nothing at ${join(place, "none")}`));
    await expect(findVerifyTarget(place)).rejects.toThrow(
      new UsageError(
        `${place} is not a store, a dataset of one, or a release: it contains neither .factpress, nor releases.json, nor SHA256SUMS`,
      ),
    );
  });
});
