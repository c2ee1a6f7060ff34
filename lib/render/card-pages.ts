import type { Explored } from "../site/explorer/explored.ts";
import type { ExplorerModel } from "../site/explorer/explorer-model.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { rowHref } from "../site/explorer/row-anchor.ts";
import { CARDS } from "../site/limits.ts";
import type { CardPage } from "../site/page/card-page.ts";
import { cardPictureText } from "../site/page/card-picture-text.ts";
import type { ReleasePage } from "../site/page/release-page.ts";
import { withPicture } from "./with-picture.ts";

/** Whether every row of a table can have a card: there are not too many, and their keys are valid folder names. */
export function haveCardPages({ rows, total }: ExplorerModel): boolean {
  const slugs = rows.map(({ id }) => pageSlug(id)?.toLowerCase());
  return rows.length === total && total <= CARDS && !slugs.includes(undefined) && new Set(slugs).size === slugs.length;
}

/** A card for each statement. */
export function cardPages(page: ReleasePage, { plan, records }: Explored, model: ExplorerModel): CardPage[] {
  if (model.cards === undefined) return [];
  const [subject = ""] = propertyWithRole(plan, "subject") ?? [];
  return model.rows.map((row, i): CardPage => {
    const card: CardPage = {
      ...{ name: page.name, title: page.title, version: page.version ?? "", date: page.date },
      ...{
        licenses: page.licenses,
        model,
        row,
        subject: `${model.subjects}${pageSlug(String(records[i]?.[subject]))}/${rowHref(plan.name, row.id)}`,
        env: page.env,
      },
      path: `${model.cards}${pageSlug(row.id)}/`,
    };
    return withPicture(card, cardPictureText(card));
  });
}
