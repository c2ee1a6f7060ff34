/** The object id that git uses for the deletion of a ref. */
export const NO_COMMIT = /^0+$/;

/** Returns why a pushed ref is refused; undefined for a branch or tag with a plain name. */
export function refError(
  ref: string,
  { now, existing, branch }: { now: string; existing: readonly string[]; branch: string },
): string | undefined {
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  // Any other ref may be deleted.
  if (NO_COMMIT.test(now)) return ref === `refs/heads/${branch}` ? `${branch} is published, so it cannot be deleted` : undefined;
  if (kind === undefined) return `${ref} is neither a branch nor a tag`;
  if (/^(refs|heads|tags|remotes)\/|(^|\/)[A-Z_]*HEAD$|^-|^[0-9a-f]{40,64}$/.test(name))
    return `"${name}" could be confused with another git name`;
  if (kind === "tags" && name.toLowerCase() === branch.toLowerCase()) return `a tag "${name}" could be confused with the branch ${branch}`;
  const twin = existing.find((other) => other !== ref && other.toLowerCase() === ref.toLowerCase());
  return twin === undefined ? undefined : `${ref} and ${twin} differ only in case`;
}
