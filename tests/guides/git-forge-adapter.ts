import { createHmac, timingSafeEqual } from "node:crypto";
import type { ForgeAdapter, Webhook } from "../../lib/ports/forge.ts";
import { openGitForge } from "./git-forge.ts";

interface Payload {
  repository?: string;
  branch: string;
  sha: string;
}

/** The delivery that a `post-receive` hook of the repository sends: the event in a header, and a signature over the body. */
const gitWebhook: Webhook = {
  identify({ "x-delivery": delivery = "", "x-event": type = "" }) {
    const isValid = /^[\w-]{1,100}$/.test(delivery) && /^\w{1,50}$/.test(type);
    return isValid ? { delivery, type } : { problem: "The header X-Delivery or X-Event is missing or malformed." };
  },
  signature({ "x-signature": given = "" }, body, secret) {
    if (!/^[0-9a-f]{64}$/.test(given)) return "missing";
    const expected = createHmac("sha256", secret).update(body).digest();
    return timingSafeEqual(Buffer.from(given, "hex"), expected) ? "valid" : "wrong";
  },
  repositoryOf: (payload) => (payload as Payload).repository,
  eventOf(type, payload) {
    const { branch, sha } = payload as Payload;
    return type === "push" ? { kind: "push", branch, sha } : { kind: "other", reason: `events of type ${type} are not used` };
  },
};

export const gitForge: ForgeAdapter = {
  webhook: gitWebhook,
  deployment: { apiUrl: "file:///", account: "the hook of the repository", credentials: "Any text: git asks for none" },
  cloneUrl: ({ repository }) => `file://${repository}`,
  open: async ({ repository }) => openGitForge(repository),
};
