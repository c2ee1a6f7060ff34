import type { GitRepository } from "./git-repository.ts";
import { oneLine } from "./one-line.ts";

/** The web address of `origin`; undefined if it has none. */
export async function originUrl({ ask }: GitRepository): Promise<string | undefined> {
  const origin = oneLine((await ask("config", "--get", "remote.origin.url")) ?? "");
  const [, host, path] = /^(?:https:\/\/(?:[^@/]*@)?|git@|ssh:\/\/git@)([\w.-]+)[:/]([\w./-]+?)(?:\.git)?\/?$/.exec(origin) ?? [];
  return host && path ? `https://${host}/${path}` : undefined;
}
