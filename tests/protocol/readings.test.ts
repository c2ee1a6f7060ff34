import { generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { calculateJwkThumbprint } from "jose";
import { describe, expect, it } from "vitest";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { findGitRepository } from "../../lib/adapters/git/git-repository.ts";
import { removeRelease } from "../../lib/publish/remove-release.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { isTombstone } from "../../lib/release/tombstone-text.ts";
import { projectHome } from "../../lib/render/project-home.ts";
import { publishedDatasetNames } from "../../lib/render/published-dataset-names.ts";
import { writeSite } from "../../lib/render/site.ts";
import { verifyDataset } from "../../lib/verify/verify-dataset.ts";
import { verifyHome } from "../../lib/verify/verify-home.ts";
import { repository, smallDataset, write } from "../scratch.ts";
import { type Call, Crash, intercept } from "./intercept.ts";
import { Reader } from "./reader.ts";
import { Branch, type Made, type Means, publish, type World, world } from "./world.ts";

/** Readings of the protocol that a model proved wrong (docs/releases.md): each is a test with its shortest trace. */

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };
const three: Made = { records: { a: "2", b: "1" } };
const reason = "wrong";

const catalogueOf = (w: World): Catalogue => parseCatalogue(w.objects.get("d/releases.json") as Uint8Array);
const versions = (w: World): string[] => catalogueOf(w).releases.map(({ version }) => version);
const text = (w: World, key: string): string => Buffer.from(w.objects.get(key) ?? "").toString("utf8");

/** Publishes, and does something else just before or after the first call that `when` names. */
async function meanwhile(
  w: World,
  means: Omit<Means, "store" | "aliases">,
  when: (call: Call) => boolean,
  side: "before" | "after",
  what: () => Promise<void> | void,
) {
  let done = false;
  const ports = intercept({ history: means.history, store: w.store, aliases: w.aliases }, async (call, perform) => {
    const now = !done && when(call);
    if (now && side === "before") {
      done = true;
      await what();
    }
    const result = await perform();
    if (now && side === "after") {
      done = true;
      await what();
    }
    return result;
  });
  const published = await publish({ ...means, ...ports });
  expect(done).toBe(true);
  return published;
}

const isCatalogueWrite = ({ name, key }: Call): boolean => name === "putIfMatch" && key === "d/releases.json";
const wellFormed = async (w: World): Promise<void> => {
  new Reader(w).look();
  await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
};

describe("eighteen wrong readings of the protocol", () => {
  it("V1: the tip is read again in every iteration, so that an old commit is not released again", async () => {
    const w = world();
    const history = new Branch().push(one);
    await meanwhile(w, { history }, isCatalogueWrite, "after", async () => {
      history.push(two);
      await publish({ history, ...w });
    });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    await wellFormed(w);
  });

  it("V2: a slow publisher does not undo a withdrawal", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    history.push(three);
    await meanwhile(w, { history }, isCatalogueWrite, "before", async () => {
      history.push({ ...three, withdrawn: [{ version: "1.0.1", reason }] });
      await publish({ history, ...w });
    });
    expect(catalogueOf(w).withdrawn).toMatchObject([{ version: "1.0.1", reason }]);
    await wellFormed(w);
  });

  it("V3: a run that releases nothing writes projections too", async () => {
    const w = world();
    const history = new Branch().push(one);
    await meanwhile(w, { history }, isCatalogueWrite, "after", () => {
      throw new Crash("after the compare-and-set");
    }).catch(() => {});
    expect(w.entries.size).toBe(0);
    await publish({ history, ...w });
    expect(w.entries.get("d/latest")).toBe("1.0.0");
    await wellFormed(w);
  });

  it("V4: the bound of a run counts releases, not commits", async () => {
    const w = world();
    const broken: Made = { records: {}, broken: true };
    const history = new Branch().push(broken, broken, broken, one, two, broken, broken, broken, three);
    for (let i = 0; i < 2; i += 1) await publish({ history, ...w, maxReleases: 2 });
    expect(versions(w)).toEqual(["1.1.0", "1.0.1", "1.0.0"]);
  });

  it("V5: withdrawals reach the catalogue though no release follows", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    history.push({ ...two, withdrawn: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    expect(w.entries.get("d/latest")).toBe("1.0.0");
    expect(text(w, "pages/d/1.0.1/index.html")).toContain("Withdrawn");
    await wellFormed(w);
  });

  it("V6: a slow publisher does not put an old page or feed over a newer one", async () => {
    for (const key of ["d/feed.xml", "pages/d/1.0.0/index.html", "pages/d/index.html"]) {
      const w = world();
      const history = new Branch().push(one);
      await meanwhile(
        w,
        { history },
        (call) => call.name === "putIfMatch" && call.key === key,
        "before",
        async () => {
          history.push(two);
          await publish({ history, ...w });
        },
      );
      expect(text(w, "d/feed.xml")).toContain("1.0.1");
      expect(text(w, "pages/d/1.0.0/index.html")).toContain("A newer one exists");
      await wellFormed(w);
    }
  });

  it("V7: a withdrawal that ends leaves an event, so that no page returns to an earlier state", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    const seen = new Set([text(w, "pages/d/1.0.1/index.html")]);
    for (let i = 0; i < 2; i += 1)
      for (const withdrawn of [[{ version: "1.0.1", reason }], []]) {
        history.push({ ...two, withdrawn });
        await publish({ history, ...w });
        const page = text(w, "pages/d/1.0.1/index.html");
        expect(seen.has(page)).toBe(false);
        seen.add(page);
      }
    expect(catalogueOf(w).withdrawn.map(({ reason }) => reason)).toEqual([reason, null, reason, null]);
    expect(w.entries.get("d/latest")).toBe("1.0.1");
    await wellFormed(w);
  });

  it("V8: a listed release gets no file of another tool", async () => {
    const w = world();
    const history = new Branch().push(one);
    await meanwhile(
      w,
      { history, generator: "2" },
      ({ name }) => name === "putIfAbsent",
      "before",
      async () => {
        await publish({ history, ...w, generator: "1" });
      },
    );
    expect(versions(w)).toEqual(["1.0.0"]);
    await wellFormed(w);
  });

  it("V9: two tools in lockstep skip few version numbers and end", async () => {
    const w = world();
    const history = new Branch().push(one);
    const turns: (() => void)[] = [];
    const take = async (): Promise<void> => {
      const turn = new Promise<void>((done) => turns.push(done));
      if (turns.length === 2) for (const go of turns.splice(0)) go();
      await turn;
    };
    let live = 2;
    const run = async (generator: string): Promise<void> => {
      const ports = intercept({ history, store: w.store, aliases: w.aliases }, async (_call, perform) => {
        if (live === 2) await take();
        return perform();
      });
      await publish({ ...ports, history, generator }).finally(() => {
        live = 1;
        for (const go of turns.splice(0)) go();
      });
    };
    await Promise.all([run("1"), run("2")]);
    expect(versions(w)).toHaveLength(1);
    const claimed = [...w.objects.keys()].filter((key) => key.endsWith("/SHA256SUMS"));
    expect(claimed.length).toBeLessThanOrEqual(2);
    await wellFormed(w);
  });

  it("V10: a removed release still counts as the newest, and is not released again", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    history.push({ ...two, removed: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    expect(w.entries.get("d/latest")).toBe("1.0.0");
    history.push({ ...three, removed: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.1.0", "1.0.1", "1.0.0"]);
    await wellFormed(w);
  });

  it("V11: files are deleted only once catalogue and aliases say so", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    await expect(removeRelease(w.store, w.aliases, "d", "1.0.0")).rejects.toThrow("does not say that 1.0.0 is removed");
    history.push({ ...two, removed: [{ version: "1.0.0", reason }] });
    await meanwhile(w, { history }, isCatalogueWrite, "after", () => {
      throw new Crash("before the aliases");
    }).catch(() => {});
    await expect(removeRelease(w.store, w.aliases, "d", "1.0.0")).rejects.toThrow("aliases do not follow");
    await publish({ history, ...w });
    expect((await removeRelease(w.store, w.aliases, "d", "1.0.0")).count).toBeGreaterThan(5);
    expect(w.entries.get("d/1.0.0")).toBe(`removed ${reason}`);
  });

  it("V12: a slow publisher does not restore a deleted file", async () => {
    const w = world();
    const history = new Branch().push(one);
    await publish({ history, ...w });
    history.push(two);
    await meanwhile(
      w,
      { history },
      ({ name, key }) => name === "putIfAbsent" && key === "d/1.0.1/t.csv",
      "before",
      async () => {
        await publish({ history, ...w });
        history.push({ ...two, removed: [{ version: "1.0.1", reason }] });
        await publish({ history, ...w });
        await removeRelease(w.store, w.aliases, "d", "1.0.1");
      },
    );
    expect(isTombstone(w.objects.get("d/1.0.1/t.csv") as Uint8Array)).toBe(true);
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    await wellFormed(w);
  });

  it("V13: the chain can be followed past a removed release", async () => {
    const w = world();
    const history = new Branch().push(one, two, { ...three, removed: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    expect(await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" })).toMatchObject({
      releases: 3,
      removed: ["1.0.1"],
    });
  });

  it("V14: after a foxtrot merge, which leaves the newest release off the first-parent line, nothing is published until that is declared", async () => {
    const { folder, git, commit } = await repository();
    const at = join(folder, "d");
    const history = async () =>
      gitHistory((await findGitRepository(folder)) as NonNullable<Awaited<ReturnType<typeof findGitRepository>>>, "main", "d");
    const rivers = (label: string) => ({
      "rivers.json": [
        { id: "rhine", label },
        { id: "elbe", label: "Elbe" },
      ],
    });
    await write(at, { ...smallDataset("1.0.0"), "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), name: "d" } });
    const start = await commit("start", "2024-01-01T00:00:00Z");
    await write(at, rivers("old main"));
    await commit("old main", "2024-01-02T00:00:00Z");
    const w = world();
    await publish({ history: await history(), ...w, now: new Date() });
    await git("branch", "old");
    await git("reset", "-q", "--hard", start);
    await write(at, rivers("other"));
    await commit("other", "2024-01-03T00:00:00Z");
    await git("-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "-s", "ours", "-m", "foxtrot", "old");
    const refused = await publish({ history: await history(), ...w, now: new Date() });
    expect(versions(w)).toHaveLength(2);
    expect(refused.refused?.problems[0]?.remedy).toContain(`"rewritten": "${await git("rev-parse", "old")}"`);
    const small = smallDataset("1.0.0")["dataset.json"] as object;
    const release = { version: "1.0.0", rewritten: await git("rev-parse", "old") };
    await write(at, { "dataset.json": { ...small, name: "d", release } });
    await commit("declared", "2024-01-04T00:00:00Z");
    await publish({ history: await history(), ...w, now: new Date() });
    expect(catalogueOf(w).releases[0]).toMatchObject({ version: "1.0.2", break: true, commit: await git("rev-parse", "main") });
    await publish({ history: await history(), ...w, now: new Date() });
    expect(versions(w)).toHaveLength(3);
  });

  it("V15: a minimum version raised in a commit with problems still applies in the one that fixes it", async () => {
    const w = world();
    const history = new Branch().push(three, { records: {}, broken: true, version: "2.0.0" }, { ...one, version: "2.0.0" });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["2.0.0", "1.0.0"]);
  });

  it("V16: a lost answer to a signature skips no version number", async () => {
    const w = world();
    const history = new Branch().push(one);
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = privateKey.export({ format: "jwk" }) as { x: string; y: string };
    const kid = await calculateJwkThumbprint({ kty: "EC", crv: "P-256", x, y });
    const signer: Means["signer"] = {
      publicKey: { kty: "EC", crv: "P-256", x, y, kid, use: "sig", alg: "ES256" },
      sign: async (bytes) => sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }),
    };
    await meanwhile(
      w,
      { history, signer },
      ({ key }) => key === "d/1.0.0/SHA256SUMS.jws",
      "after",
      () => {
        throw new Crash("the answer is lost");
      },
    ).catch(() => {});
    const first = text(w, "d/1.0.0/SHA256SUMS.jws");
    await publish({ history, ...w, signer });
    expect(versions(w)).toEqual(["1.0.0"]);
    expect(text(w, "d/1.0.0/SHA256SUMS.jws")).toBe(first);
    expect(await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" })).toMatchObject({
      keys: [kid],
      unsigned: [],
    });
  });

  it("V17: a commit ahead of the clock is skipped as long as it is ahead, even if clocks differ", async () => {
    const w = world();
    const history = new Branch().push(one, { ...two, date: "2030-01-01T00:00:00Z" });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.0.0"]);
    await publish({ history, ...w, now: new Date("1970-01-01T00:00:00Z") });
    await publish({ history, ...w, now: new Date("2029-12-30T00:00:00Z") });
    expect(versions(w)).toEqual(["1.0.0"]);
    await publish({ history, ...w, now: new Date("2029-12-31T12:00:00Z") });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    await publish({ history, ...w, now: new Date("1999-01-01T00:00:00Z") });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    await wellFormed(w);
  });

  it("V18: a commit that only removes does not release the removed content again, deleted or not", async () => {
    const w = world();
    const history = new Branch().push(one, two);
    await publish({ history, ...w });
    history.push({ ...two, removed: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    history.push({
      ...two,
      removed: [
        { version: "1.0.1", reason },
        { version: "1.0.0", reason: "this as well" },
      ],
    });
    await publish({ history, ...w });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    history.push({ ...three, removed: [{ version: "1.0.1", reason }] });
    await publish({ history, ...w });
    expect(catalogueOf(w).releases[0]).toMatchObject({ version: "1.1.0", level: "minor" });
    expect(catalogueOf(w).removed).toHaveLength(2);
  });
});

it("latest does not move back with a publisher that was overtaken while it projected", async () => {
  for (const name of ["aliases.etag", "aliases.get", "list", "aliases.update"]) {
    const w = world();
    const history = new Branch().push(one);
    const reader = new Reader(w);
    await meanwhile(
      w,
      { history },
      (call) => call.name === name,
      "before",
      async () => {
        history.push(two);
        await publish({ history, ...w });
        reader.look();
      },
    );
    reader.look();
    expect(w.entries.get("d/latest")).toBe("1.0.1");
    await wellFormed(w);
  }
});

it("the pages above datasets lose nothing of another publisher that runs before any call", async () => {
  const both = async (): Promise<World> => {
    const w = world();
    await publish({ history: new Branch().push(one), ...w });
    for (const name of ["releases.json", "1.0.0/datapackage.json"])
      w.objects.set(`e/${name}`, Buffer.from(text(w, `d/${name}`).replaceAll('"d"', '"e"')));
    return w;
  };
  for (let at = 0, more = true; more; at += 1) {
    more = false;
    const w = await both();
    let call = 0;
    const { store } = intercept({ history: new Branch(), store: w.store, aliases: w.aliases }, async (_call, perform) => {
      if (call++ === at) {
        more = true;
        await writeSite(w.store, { url: "https://data.example.org" });
        await projectHome(w.store, ["e"]);
      }
      return perform();
    });
    await projectHome(store, ["d"]);
    if (!more) continue;
    expect(await publishedDatasetNames(w.store)).toEqual(["d", "e"]);
    for (const name of ["d", "e"]) expect(text(w, "pages/index.html"), `call ${at}`).toContain(`href="/${name}/`);
    await verifyHome(w.store);
  }
});

it("another version of the tool continues after an interruption, even within a release", async () => {
  const w = world();
  const history = new Branch().push(one, two);
  await publish({ history, ...w, generator: "1" });
  history.push(three);
  await meanwhile(
    w,
    { history, generator: "1" },
    ({ name, key }) => name === "putIfAbsent" && key.endsWith("datapackage.json"),
    "before",
    () => {
      throw new Crash("deployed");
    },
  ).catch(() => {});
  await publish({ history, ...w, generator: "2" });
  // The number that the old version had claimed is spent.
  expect(versions(w)).toEqual(["1.1.1", "1.0.1", "1.0.0"]);
  await publish({ history, ...w, generator: "1" });
  expect(versions(w)).toEqual(["1.1.1", "1.0.1", "1.0.0"]);
  await wellFormed(w);
});
