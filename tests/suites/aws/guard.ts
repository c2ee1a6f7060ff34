import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { actionOf, conditionsOf } from "../../servers/lambda.ts";
import { listening } from "../../servers/servers.ts";
import type { AwsRequest, StackPolicies } from "./stack-policies.ts";

/** A request to AWS, as the policies see it, and whether they allow it. */
export interface GuardedCall {
  action: string;
  /** The object's key, or empty. */
  key: string;
  conditions: Record<string, string>;
  isAllowed: boolean;
}

export interface Guard {
  endpoint: string;
  calls: GuardedCall[];
  close(): Promise<void>;
}

type Described = Pick<GuardedCall, "action" | "key" | "conditions"> & { resource: string };

/** The keys of a request to delete several objects, with or without versions. */
const deletionsIn = (body: string): [key: string, hasVersion: boolean][] =>
  [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = ""]) => [
    (/<Key>(.*?)<\/Key>/s.exec(object)?.[1] ?? "").replaceAll("&amp;", "&"),
    object.includes("<VersionId>"),
  ]);

/** What a request asks of AWS: several things if it deletes several objects. */
function describe(policies: StackPolicies, method: string, url: string, headers: IncomingHttpHeaders, body: string): Described[] {
  const { pathname, searchParams } = new URL(url, "http://aws");
  if (pathname.startsWith("/2020-05-31/distribution/"))
    return [{ action: "cloudfront:CreateInvalidation", key: "", resource: policies.arn("Cdn"), conditions: {} }];
  if (pathname.startsWith("/key-value-stores/"))
    return [{ action: actionOf(method, url), key: "", resource: policies.arn("Aliases"), conditions: {} }];
  const key = decodeURIComponent(pathname.split("/").slice(2).join("/"));
  const bucket = policies.arn("Store");
  const of = (action: string, key: string): Described => ({
    action,
    key,
    resource: key === "" ? bucket : `${bucket}/${key}`,
    conditions: conditionsOf(url, headers),
  });
  const deletion = (key: string, hasVersion: boolean): Described => of(hasVersion ? "s3:DeleteObjectVersion" : "s3:DeleteObject", key);
  if (searchParams.has("versions")) return [of("s3:ListBucketVersions", "")];
  if (searchParams.has("delete")) return deletionsIn(body).map(([key, hasVersion]) => deletion(key, hasVersion));
  if (method === "DELETE") return [deletion(key, searchParams.has("versionId"))];
  return [of(actionOf(method, url), key)];
}

/**
 * A server in front of a stand-in of AWS that refuses what the policies of a role do not allow, as AWS does. Invalidations are answered by
 * the guard itself. Several guards can record in one list.
 */
export async function startGuard(target: string, role: string, policies: StackPolicies, calls: GuardedCall[] = []): Promise<Guard> {
  const { hostname, port } = new URL(target);
  const evaluator = policies.startEvaluator();
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = incoming;
    const described = describe(policies, method, url, headers, body.toString("utf8"));
    const requests = described.map(({ action, resource, conditions }): AwsRequest => ({ role, action, resource, context: conditions }));
    const results = await evaluator.evaluate(requests);
    for (const [i, { action, key, conditions }] of described.entries())
      calls.push({ action, key, conditions, isAllowed: results[i] === "Allowed" });
    if (results.some((result) => result !== "Allowed")) {
      outgoing.writeHead(403, { "content-type": "application/xml", "x-amzn-errortype": "AccessDeniedException" });
      outgoing.end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
      return;
    }
    if (url.startsWith("/2020-05-31/")) {
      outgoing.writeHead(201).end();
      return;
    }
    const forward = request({ host: hostname, port, method, path: url, headers }, (response) => {
      outgoing.writeHead(response.statusCode as number, response.headers);
      response.pipe(outgoing);
    });
    forward.on("error", () => outgoing.destroy());
    forward.end(body);
  });
  const { port: own, close } = await listening(server);
  return {
    endpoint: `http://127.0.0.1:${own}`,
    calls,
    async close() {
      await close();
      evaluator.stop();
    },
  };
}
