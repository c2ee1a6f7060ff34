import type { ForgeDeployment } from "../../ports/forge.ts";

export const GITHUB_DEPLOYMENT: ForgeDeployment = {
  apiUrl: "https://api.github.com",
  account: "the GitHub App",
  credentials: 'The GitHub App: {"appId": "…", "privateKey": "-----BEGIN …"} (docs/deploy.md)',
};
