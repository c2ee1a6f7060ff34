import type { OpenPull, Overview, WantedCheck } from "../../ports/forge.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import { MERGE_QUEUE } from "./merge-queue.ts";
import { queryRepository } from "./query-repository.ts";

const OVERVIEW = `query Overview(
  $owner: String!, $name: String!, $branch: String!, $ref: String!, $queue: String!, $app: Int!, $after: String
) {
  repository(owner: $owner, name: $name, followRenames: true) {
    nameWithOwner
    defaultBranchRef { name }
    ref(qualifiedName: $ref) { target { oid } }
    pullRequests(states: OPEN, baseRefName: $branch, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        headRefOid
        commits(last: 1) { nodes { commit { ...Check } } }
      }
    }
    refs(refPrefix: $queue, first: 100) { nodes { target { oid ...Check } } }
  }
}
fragment Check on Commit {
  checkSuites(first: 5, filterBy: { appId: $app }) {
    nodes { checkRuns(first: 1, filterBy: { checkName: "Factpress", checkType: LATEST }) { nodes { status startedAt } } }
  }
}`;

/** The check of a commit. */
interface CheckAnswer {
  checkSuites?: { nodes: { checkRuns: { nodes: { status: string; startedAt: string | null }[] } }[] } | null;
}

interface PullNode {
  number: number;
  headRefOid: string;
  commits: { nodes: { commit: CheckAnswer }[] };
}

interface OverviewAnswer {
  nameWithOwner: string;
  defaultBranchRef: { name: string } | null;
  ref: { target: { oid: string } } | null;
  pullRequests: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: PullNode[] };
  refs: { nodes: { target: CheckAnswer & { oid: string } }[] } | null;
}

/** Further open pull requests are ignored. */
const MAX_PAGES = 20;

function toWantedCheck(sha: string, { checkSuites }: CheckAnswer): WantedCheck {
  const runs = (checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns.nodes);
  const hasVerdict = runs.some(({ status }) => status === "COMPLETED");
  const started = hasVerdict ? undefined : runs.find(({ status }) => status === "IN_PROGRESS")?.startedAt;
  return { sha, hasVerdict, ...(started ? { startedAt: started } : {}) };
}

const toOpenPull = ({ number, headRefOid, commits }: PullNode): OpenPull => ({
  number,
  ...toWantedCheck(headRefOid, commits.nodes[0]?.commit ?? {}),
});

const missing = (message: string): ForgeError => new ForgeError(message, { reason: "missing", publicMessage: message });

/**
 * Reads tip, open pull requests and merge queue of a branch, with one request per hundred pull requests. Throws if the repository or the
 * branch was renamed.
 */
export async function readOverview(github: GitHub, repository: RepositoryName, branch: string, app: number): Promise<Overview> {
  const name = `${repository.owner}/${repository.repo}`;
  const pulls: OpenPull[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const variables = { branch, ref: `refs/heads/${branch}`, queue: `${MERGE_QUEUE}${branch}/`, app, after };
    const answer: OverviewAnswer = await queryRepository<OverviewAnswer>(github, repository, OVERVIEW, variables);
    if (answer.nameWithOwner.toLowerCase() !== name.toLowerCase())
      throw missing(
        `The repository ${name} is now ${answer.nameWithOwner}: deploy again with --context repository=${answer.nameWithOwner} and with --context stackName= and the name of this stack`,
      );
    if (!answer.ref) {
      const other = answer.defaultBranchRef?.name;
      const remedy = other ? ` Its default branch is ${other}: deploy again with --context branch=${other}` : "";
      throw missing(`There is no branch ${branch} in ${name}.${remedy}`);
    }
    pulls.push(...answer.pullRequests.nodes.map(toOpenPull));
    const { hasNextPage, endCursor } = answer.pullRequests.pageInfo;
    if (!hasNextPage || page >= MAX_PAGES) {
      const mergeGroups = (answer.refs?.nodes ?? []).map(({ target }) => toWantedCheck(target.oid, target));
      return { tip: answer.ref.target.oid, pulls, ...(mergeGroups.length > 0 ? { mergeGroups } : {}) };
    }
    after = endCursor;
  }
}
