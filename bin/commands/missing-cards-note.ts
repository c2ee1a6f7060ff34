import type { Checked } from "../../lib/check/check-dataset.ts";
import { grouped } from "../../lib/contract/grouped.ts";
import { isStatements } from "../../lib/site/explorer/is-statements.ts";
import { propertyWithRole } from "../../lib/site/explorer/property.ts";
import { CARDS, EXPLORED_ROWS } from "../../lib/site/limits.ts";

/** States how many statements exceed the limit of cards; undefined if all have a card, or if the dataset has no cards. */
export function missingCardsNote({
  dataset,
  records,
}: Pick<Checked, "records"> & { dataset?: Pick<NonNullable<Checked["dataset"]>, "plans"> }): string | undefined {
  const plan = dataset?.plans.find(isStatements);
  const count = records.get(plan?.name ?? "") ?? 0;
  if (!plan || propertyWithRole(plan, "subject")?.[1].references === undefined || count <= CARDS) return undefined;
  if (count > EXPLORED_ROWS) return `no card for any of ${grouped(count)} ${plan.name}: the maximum is ${grouped(EXPLORED_ROWS)}`;
  return `no card for ${grouped(count - CARDS)} of ${grouped(count)} ${plan.name}: the first ${CARDS} in the order of the answer have one`;
}
