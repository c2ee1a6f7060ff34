import type { ReleaseFacts } from "./datapackage.ts";

export const versionText = (release: ReleaseFacts): string => release.version ?? "preview";
