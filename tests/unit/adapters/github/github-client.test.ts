import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { githubClient } from "../../../../lib/adapters/github/github-client.ts";
import { GitHubObjects } from "../../../../lib/adapters/github/github-objects.ts";
import { ForgeError } from "../../../../lib/ports/forge-error.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const REPOSITORY = { owner: "owner", repo: "name" };

/** A server in place of GitHub that answers requests for trees and blobs with this. */
async function serverAnswering(type: string, body: string): Promise<string> {
  const server: Server = createServer(({ url = "" }, response) => {
    const json = url.endsWith("/installation") ? { id: 1 } : url.endsWith("/access_tokens") ? TOKEN : undefined;
    response.setHeader("Content-Type", json ? "application/json" : type);
    response.end(json ? JSON.stringify(json) : body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const TOKEN = { token: "t", expires_at: "2099-01-01T00:00:00Z", permissions: {}, repository_selection: "all" };

const objectsAt = async (url: string): Promise<GitHubObjects> =>
  new GitHubObjects(await githubClient({ appId: "1", privateKey }, REPOSITORY, url), REPOSITORY);

it.each([
  ["a page", "text/html", "<html>maintenance</html>"],
  ["a page that claims to be JSON", "application/json", "<html>maintenance</html>"],
  ["bytes", "application/octet-stream", "?"],
  ["nothing", "application/json", ""],
])("treats %s with status 200 as a failure of GitHub, not as an answer", async (_name, type, body) => {
  const objects = await objectsAt(await serverAnswering(type, body));
  const error = await objects.tree("a".repeat(40)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ForgeError);
  expect(error).toMatchObject({ reason: "unavailable", publicMessage: "GitHub answered 200 without JSON" });
  await expect(objects.commit("a".repeat(40))).rejects.toThrow(ForgeError);
});

it("returns the bytes of a file unchanged", async () => {
  const objects = await objectsAt(await serverAnswering("text/html", "<html>\n"));
  const sha = "68dd5ad78a2eb4c4eed8a6b5e7d0d5a2c0a5b4c0";
  await expect(objects.blob({ path: "a.html", mode: "100644", type: "blob", sha }, 100)).rejects.toThrow("do not match its id");
});
