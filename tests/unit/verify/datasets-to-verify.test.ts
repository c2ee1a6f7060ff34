import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { parseSignedHead, parseSignedHeadFile } from "../../../lib/release/signed-head.ts";
import { projectHome } from "../../../lib/render/project-home.ts";
import { datasetsToVerify } from "../../../lib/verify/datasets-to-verify.ts";
import { Branch } from "../../protocol/world.ts";
import { publishSigned, type Signed } from "../../trust/signed-world.ts";

const HEAD = ".well-known/factpress-head.json";
const LIST = ".factpress/datasets.json";

/** A signed store of one dataset, `d`. */
const store = (): Promise<Signed> => publishSigned(new Branch().push({ records: { a: "1" } }));

/** Drops the dataset as an attacker with write access would: from the list and the home pages as well. */
async function drop({ objects }: Signed): Promise<void> {
  for (const key of [...objects.keys()]) if (/^(pages\/)?d\//.test(key)) objects.delete(key);
  objects.delete(LIST);
  await projectHome(memoryStore(objects), ["other"]);
}

const find = ({ objects, signer }: Signed, more: Partial<Parameters<typeof datasetsToVerify>[0]> = {}) =>
  datasetsToVerify({ store: memoryStore(objects), keys: signer.keys, folders: [], ...more });

describe("the datasets of a whole store", () => {
  it("are those that it lists", async () => {
    expect(await find(await store(), { folders: ["d"] })).toEqual({ names: ["d"], unlisted: [] });
  });

  it("include every dataset that the signed head or an earlier head names", async () => {
    const signed = await store();
    const head = parseSignedHead(Buffer.from(parseSignedHeadFile(signed.objects.get(HEAD) as Uint8Array).payload, "base64url"));
    await drop(signed);
    await expect(find(signed)).rejects.toThrow(`${LIST} does not list d, which the signed head names: the dataset was dropped`);
    signed.objects.delete(HEAD);
    await expect(find(signed, { kept: [{ head, from: "seen.json" }] })).rejects.toThrow(`${LIST} does not list d, which seen.json names`);
  });

  it("include a folder with a catalogue that the store does not list", async () => {
    expect(await find(await store(), { folders: ["d", "evil"] })).toEqual({ names: ["d", "evil"], unlisted: ["evil"] });
  });

  it("are those of the home page over HTTP, of which none is read before they are counted", async () => {
    const { objects, signer } = await store();
    const { get, read } = memoryStore(objects);
    const asked: string[] = [];
    const counted = (key: string): ReturnType<typeof get> => {
      asked.push(key);
      return get(key);
    };
    objects.delete(LIST);
    expect(await datasetsToVerify({ store: { read, get: counted }, keys: signer.keys, folders: [] })).toEqual({
      names: ["d"],
      unlisted: [],
    });
    expect(asked).toEqual([HEAD, LIST, "pages/index.html"]);
  });

  it("exclude a listed draft, and include a dataset that lost its catalogue", async () => {
    const signed = await store();
    signed.objects.set(LIST, Buffer.from('["d","draft","lost"]\n'));
    signed.objects.set("lost/1.0.0/SHA256SUMS", Buffer.from(""));
    expect((await find(signed)).names).toEqual(["d", "lost"]);
  });
});
