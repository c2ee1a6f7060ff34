import { createHash } from "node:crypto";

export const hashParts = (...parts: readonly string[]): string => createHash("sha256").update(parts.join("\n")).digest("hex");
