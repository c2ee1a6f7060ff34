import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openGitHub } from "../../../lib/adapters/github/open-github.ts";
import { repository, smallDataset, write } from "../../scratch.ts";
import { startGitHub } from "../../servers/github.ts";

// Installed beside this file only (npm ci --prefix tests/suites/aws).
const SCHEMA = "@octokit/graphql-schema";

interface GraphQlSchema {
  validate(query: string): { message: string }[];
}

it("every query is valid in GitHub's own schema", async () => {
  const { validate } = (await import(SCHEMA)) as GraphQlSchema;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const git = await repository();
  const more = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`more/${i}.json`, "[]"]));
  await write(join(git.folder, "data/small"), { ...smallDataset("1.0.0"), ...more });
  await git.commit("1", "2024-01-01T00:00:00Z");
  const server = await startGitHub(git.folder, "owner/name", publicKey);
  try {
    const credentials = JSON.stringify({ appId: server.appId, privateKey });
    const forge = await openGitHub({ repository: "owner/name", apiUrl: server.url, credentials });
    const limits = { files: 20, fileBytes: 10_000, totalBytes: 100_000, depth: 1 };
    await forge.overview("main");
    const { tip } = await forge.history("main", "data/small", limits).after(null);
    const source = forge.source(tip?.tree as string, limits);
    for await (const _ of source.read("dataset.json"));
    expect(server.queries.size).toBe(3);
    for (const query of server.queries) expect(validate(query)).toEqual([]);
    expect(validate("query { repository(owner: 1) { nme } }")).not.toEqual([]);
  } finally {
    await server.close();
  }
});
