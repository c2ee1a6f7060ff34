/** Git's name for "no commit": a ref that a push deletes. */
export const NO_COMMIT = /^0+$/;

/** Branches and tags as people name them: none that git, or somebody, could take for another. */
export function refFault(
  ref: string,
  { now, existing, branch }: { now: string; existing: readonly string[]; branch: string },
): string | undefined {
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  // What is there already may go.
  if (NO_COMMIT.test(now)) return ref === `refs/heads/${branch}` ? `${branch} is published, so it is not deleted` : undefined;
  if (kind === undefined) return `${ref} is neither a branch nor a tag`;
  if (/^(refs|heads|tags|remotes)\/|(^|\/)[A-Z_]*HEAD$|^-|^[0-9a-f]{40,64}$/.test(name))
    return `"${name}" could be taken for something else of git's`;
  if (kind === "tags" && name.toLowerCase() === branch.toLowerCase()) return `a tag "${name}" could be taken for the branch ${branch}`;
  const twin = existing.find((other) => other !== ref && other.toLowerCase() === ref.toLowerCase());
  return twin === undefined ? undefined : `${ref} and ${twin} differ in capital letters only`;
}
