/** Where people see the repositories of a GitHub whose API is at this address: https://docs.github.com/enterprise-server/rest */
export const gitHubWebAddress = (apiUrl: string, repository: string): string =>
  `${apiUrl === "https://api.github.com" ? "https://github.com" : apiUrl.replace(/\/api\/v3\/?$/, "")}/${repository}`;
