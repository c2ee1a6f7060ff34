import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

interface Served {
  /** The folder of the repository. */
  repository: string;
  /** Where its address starts. */
  at: string;
  isToken(text: string): boolean;
  /** Anyone may read it. */
  isPublic?: boolean;
}

/** Serves a clone with `git http-backend`, as GitHub does: to everyone, or to clients with the token of an installation as password. */
export async function serveClone(
  request: IncomingMessage,
  response: ServerResponse,
  { repository, at, isToken, isPublic }: Served,
): Promise<void> {
  const [user, password = ""] = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64")
    .toString()
    .split(":");
  if (!isPublic && (user !== "x-access-token" || !isToken(password))) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end();
    return;
  }
  const url = new URL(request.url as string, "http://github");
  const env: Record<string, string | undefined> = {
    ...process.env,
    // GitHub lets clients fetch any commit by its id.
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "uploadpack.allowAnySHA1InWant",
    GIT_CONFIG_VALUE_0: "true",
    GIT_PROJECT_ROOT: join(repository, ".git"),
    GIT_HTTP_EXPORT_ALL: "1",
    REQUEST_METHOD: request.method,
    PATH_INFO: url.pathname.slice(at.length),
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers["content-type"],
    HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
    GIT_PROTOCOL: request.headers["git-protocol"] as string | undefined,
  };
  const child = spawn("git", ["http-backend"], { env, stdio: ["pipe", "pipe", "inherit"] });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks);
  const end = answer.indexOf("\r\n\r\n");
  const headers = answer.subarray(0, end).toString().split("\r\n");
  const [status = "200"] = headers.flatMap((line) => /^Status: (\d+)/.exec(line)?.[1] ?? []);
  response.writeHead(
    Number(status),
    Object.fromEntries(headers.filter((line) => !line.startsWith("Status")).map((line) => line.split(": "))),
  );
  response.end(answer.subarray(end + 4));
}
