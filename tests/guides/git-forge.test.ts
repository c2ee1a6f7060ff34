import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import { forgeContract } from "../forge-contract.ts";
import { openGitForge } from "./git-forge.ts";
import { gitForge } from "./git-forge-adapter.ts";

const SHA = "a1".repeat(20);

forgeContract({
  name: "a repository on this machine",
  async open({ folder, git }) {
    const forge = openGitForge(join(folder, ".git"));
    return {
      forge,
      setPull: async (number, branch, sha) => void (await git("update-ref", `refs/pull/${branch}/${number}`, sha)),
      reportCount: (sha) => forge.reports.filter((report) => report.sha === sha).length,
      comments: (pull) => [forge.comments.get(pull)].filter((comment) => comment !== undefined),
    };
  },
  webhook: gitForge.webhook,
  deliveries(secret) {
    const delivery = (type: string, payload: object) => {
      const body = JSON.stringify(payload);
      const signature = createHmac("sha256", secret).update(body).digest("hex");
      return { headers: { "x-delivery": randomUUID(), "x-event": type, "x-signature": signature }, body };
    };
    return [
      {
        ...delivery("push", { repository: "owner/name", branch: "main", sha: SHA }),
        event: { kind: "push", branch: "main", sha: SHA },
      },
      { ...delivery("tag", {}), event: { kind: "other", reason: "events of type tag are not used" } },
    ];
  },
});
