import { createHash } from "node:crypto";

const MAX_STACK_NAME = 128;

/**
 * The stack's name: one per repository, in lower case, because GitHub's names ignore case. Unique, because owner names never contain two
 * hyphens in a row.
 */
export function stackName(name: string): string {
  const repository = name.toLowerCase();
  const plain = `Factpress-${repository.replace("/", "--").replaceAll(/[^A-Za-z0-9-]/g, "-")}`;
  const isExact = plain === `Factpress-${repository.replace("/", "--")}` && plain.length <= MAX_STACK_NAME;
  if (isExact) return plain;
  const hash = createHash("sha256").update(repository).digest("hex").slice(0, 8);
  return `${plain.slice(0, MAX_STACK_NAME - hash.length - 1)}-${hash}`;
}
