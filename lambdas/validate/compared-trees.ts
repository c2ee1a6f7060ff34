/** The root folders of a commit and of its base (null if there is none). */
export interface ComparedTrees {
  tree: string;
  /** The commit of `tree`. */
  commit: string;
  base: string | null;
  /** The commit of `base`. If its dataset has problems, earlier commits are tried. */
  baseCommit?: string;
}
