import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { afterAll, expect, it } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { PROGRAM, ROOT, repository, scratch, smallDataset, write } from "../../scratch.ts";
import { type KeyValueStoreServer, startKeyValueStore } from "../../servers/keyvaluestore.ts";
import { createKey, makeBucket, motoClient, type Server, startMoto } from "../../servers/servers.ts";
import { synthHere } from "../../servers/synth.ts";
import { type Guard, startGuard } from "./guard.ts";
import { StackPolicies } from "./stack-policies.ts";

/** The KeyValueStore's client asks a host below that of the endpoint. */
const LOCALHOST = pathToFileURL(join(ROOT, "tests/servers/localhost.mjs")).href;
const ALIASES = "arn:aws:cloudfront::123456789012:key-value-store/aliases";
const HEAD = ".well-known/factpress-head.json";

let moto: Server;
let kvs: KeyValueStoreServer;
let policies: StackPolicies;
let bucket: string;
let folder: string;
const guards: Guard[] = [];

interface Ended {
  code: number;
  out: string;
}

/** Runs a script of the shell where `aws` and Factpress ask other servers for AWS. */
const shell = (script: string, cwd: string, aws: string, edge: string): Promise<Ended> =>
  new Promise((done) => {
    const env = {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      HOME: folder,
      NODE_NO_WARNINGS: "1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: aws,
      AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: edge,
    };
    // As people run them: a command that fails does not end the script.
    execFile("sh", ["-uc", script], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? -1) : 0, out: stdout + stderr }),
    );
  });

/** A script of the runbook, with its words in capitals filled in. */
function runbookScript(start: string, key = ""): string {
  const scripts = [...readFileSync(join(ROOT, "docs/runbook.md"), "utf8").matchAll(/```sh\n(.*?)```/gs)].map(([, script = ""]) => script);
  const found = scripts.flatMap((script) => (script.includes(start) ? [script.slice(script.indexOf(start))] : []))[0];
  if (!found) throw new Error(`The runbook has no script with ${start}`);
  const words = { KEY_VALUE_STORE_ARN: ALIASES, DISTRIBUTION_ID: "E1", BUCKET: bucket, VERSION: "1.0.0", NAME: "small", KEY: key };
  return Object.entries(words).reduce((script, [word, value]) => script.replaceAll(new RegExp(`\\b${word}\\b`, "g"), value), found);
}

async function guard(role: string): Promise<{ run(script: string, cwd?: string): Promise<Ended>; calls: Guard["calls"] }> {
  const aws = await startGuard(moto.endpoint, role, policies);
  const edge = await startGuard(kvs.endpoint, role, policies, aws.calls);
  guards.push(aws, edge);
  return {
    run: (script, cwd = folder) => shell(script, cwd, aws.endpoint, edge.endpoint.replace("127.0.0.1", "localhost")),
    calls: aws.calls,
  };
}

const store = () => s3Store({ bucket, headersOf: () => ({ contentType: "", cacheControl: "" }), client: motoClient(moto.endpoint) });
const textOf = async (key: string): Promise<string> => Buffer.from((await store().get(key))?.bytes ?? "").toString();

/** Publishes two releases, the first of which is declared to be removed. */
async function publishReleases(): Promise<void> {
  [moto, kvs] = [await startMoto(), await startKeyValueStore()];
  policies = new StackPolicies(synthHere());
  folder = await scratch();
  await write(folder, {
    "bin/aws": `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, "aws-command.mjs")}" "$@"\n`,
    "bin/node": `#!/bin/sh\n[ "$1" = bin/factpress.js ] && shift && set -- "${PROGRAM}" "$@"\nexec "${process.execPath}" --import "${LOCALHOST}" "$@"\n`,
  });
  for (const name of ["aws", "node"]) chmodSync(join(folder, "bin", name), 0o755);
  const client = motoClient(moto.endpoint);
  bucket = await makeBucket(client, `store-${randomUUID()}`);
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const git = await repository();
  const key = await createKey(moto.endpoint);
  const publish = async (day: number, files: Record<string, unknown>): Promise<void> => {
    await write(join(git.folder, "data/small"), files);
    await git.commit(String(day), `2024-01-0${day}T00:00:00Z`);
    const script = `node bin/factpress.js publish --store s3://${bucket} --aliases ${ALIASES} --key ${key} --url https://data.example.org`;
    expect(await shell(script, git.folder, moto.endpoint, kvs.endpoint)).toEqual({ code: 0, out: expect.any(String) });
  };
  const files = smallDataset("1.0.0");
  await publish(1, files);
  await publish(2, {
    "rivers.json": [
      { id: "rhine", label: "Rhine" },
      { id: "elbe", label: "Elbe" },
      { id: "oder", label: "Oder" },
    ],
  });
  const removed = [{ version: "1.0.0", reason: "A court ordered it" }];
  await publish(3, { "dataset.json": { ...(files["dataset.json"] as object), release: { version: "1.1.0", removed } } });
}

afterAll(async () => {
  for (const each of guards) await each.close();
  await kvs?.close();
  await moto?.stop();
});

async function publisherIsDenied(): Promise<void> {
  const before = await textOf("small/1.0.0/levels.csv");
  expect(before).toContain("rhine");
  const publisher = await guard("PublishRole");
  expect((await publisher.run(runbookScript("node bin/factpress.js remove"))).code).not.toBe(0);
  await publisher.run(runbookScript("mkdir versions"), await scratch());
  const denied = new Set(publisher.calls.flatMap(({ action, isAllowed }) => (isAllowed ? [] : [action])));
  expect([...denied].sort()).toEqual(["cloudfront:CreateInvalidation", "s3:ListBucketVersions", "s3:PutObject"]);
  expect(await textOf("small/1.0.0/levels.csv")).toBe(before);
}

/** The prefixes whose old versions the runbook deletes. */
const PREFIXES = ["small/1.0.0/", "small/iceberg/", "small/iceberg-s3/", "pages/small/"];

async function breakGlassTakesDown(): Promise<void> {
  const role = await guard("BreakGlass");
  const next = await textOf("small/1.1.0/rivers.csv");
  expect(next).toContain("Oder");
  const removed = await role.run(runbookScript("node bin/factpress.js remove"));
  expect(removed).toMatchObject({ code: 0, out: expect.stringContaining("small 1.0.0") });
  expect(role.calls.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
  expect(await textOf("small/1.0.0/levels.csv")).not.toContain("rhine");
  // The aliases are asked before anything is replaced; each file is replaced on the condition that it is the one that was read.
  const actions = role.calls.map(({ action }) => action);
  expect(actions.indexOf("cloudfront-keyvaluestore:GetKey")).toBeLessThan(actions.indexOf("s3:PutObject"));
  for (const [i, { action, key, conditions }] of role.calls.entries()) {
    if (action !== "s3:PutObject") continue;
    expect(conditions).toMatchObject({ "s3:if-match": expect.stringMatching(/./) });
    expect(role.calls.slice(0, i).map((call) => `${call.action} ${call.key}`)).toContain(`s3:GetObject ${key}`);
  }
  expect(actions).not.toContain("s3:DeleteObject");
  const aliasActions = actions.filter((action) => action.startsWith("cloudfront-keyvaluestore:"));
  expect(new Set(aliasActions)).toEqual(new Set(["cloudfront-keyvaluestore:GetKey"]));

  const list = runbookScript("aws s3api list-object-versions --bucket BUCKET --prefix NAME/VERSION/ --query");
  const oldVersions = async (prefix: string): Promise<string> => (await role.run(list.replace(PREFIXES[0] as string, prefix))).out;
  expect(await oldVersions("small/1.0.0/")).toContain("small/1.0.0/levels.csv");
  const deletedFrom = role.calls.length;
  expect(await role.run(runbookScript("mkdir versions"), await scratch())).toEqual({ code: 0, out: expect.any(String) });
  const deletions = role.calls.slice(deletedFrom);
  expect(deletions.filter(({ isAllowed }) => !isAllowed)).toEqual([]);
  const kinds = deletions.map(({ action }) => action).filter((action, i, all) => action !== all[i - 1]);
  expect(kinds[0]).toBe("s3:ListBucketVersions");
  expect(kinds.at(-1)).toBe("cloudfront:CreateInvalidation");
  expect(new Set(kinds)).toEqual(new Set(["s3:ListBucketVersions", "s3:DeleteObjectVersion", "cloudfront:CreateInvalidation"]));
  expect(deletions.map(({ key }) => key)).toContain("small/1.0.0/levels.csv");
  for (const prefix of PREFIXES) expect([prefix, await oldVersions(prefix)]).toEqual([prefix, ""]);
  expect(await textOf("small/1.1.0/rivers.csv")).toBe(next);
}

async function breakGlassNamesVersions(): Promise<void> {
  const role = await guard("BreakGlass");
  for (const script of [
    `aws s3api delete-object --bucket ${bucket} --key ${HEAD}`,
    `aws s3api put-object --bucket ${bucket} --key ${HEAD}`,
    `aws s3api put-object --bucket ${bucket} --key small/1.0.0/new.csv`,
  ])
    expect((await role.run(script)).code).not.toBe(0);
  expect(role.calls.map(({ action, isAllowed }) => [action, isAllowed])).toEqual([
    ["s3:DeleteObject", false],
    ["s3:PutObject", false],
    ["s3:PutObject", false],
  ]);
  expect(await textOf(HEAD)).not.toBe("");
  expect(await role.run(runbookScript("aws s3api list-object-versions --bucket BUCKET --prefix KEY", HEAD))).toEqual({
    code: 0,
    out: expect.any(String),
  });
  expect(await textOf(HEAD)).toBe("");
  expect(new Set(role.calls.slice(3).map(({ action, isAllowed }) => `${action} ${isAllowed}`))).toEqual(
    new Set(["s3:ListBucketVersions true", "s3:DeleteObjectVersion true"]),
  );
}

it("the runbook's commands take a release down as the break-glass role, each call allowed and in its order, and as no role of a function", async () => {
  await publishReleases();
  await publisherIsDenied();
  await breakGlassTakesDown();
  await breakGlassNamesVersions();
});
