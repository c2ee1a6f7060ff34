/** The web address of a repository, for the API at an address: https://docs.github.com/enterprise-server/rest */
export const gitHubWebAddress = (apiUrl: string, repository: string): string =>
  `${apiUrl === "https://api.github.com" ? "https://github.com" : apiUrl.replace(/\/api\/v3\/?$/, "")}/${repository}`;
