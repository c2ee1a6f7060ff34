export const gitHubTime = (date: string | undefined): string => new Date(date ?? 0).toISOString().replace(/\.\d+Z$/, "Z");
