import { cardHref } from "../site/explorer/card-href.ts";
import type { Explored } from "../site/explorer/explored.ts";
import type { ExplorerModel } from "../site/explorer/explorer-model.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { rowHref } from "../site/explorer/row-anchor.ts";
import { rowSentence } from "../site/explorer/row-citation.ts";
import { CARDS } from "../site/limits.ts";
import type { CardPage } from "../site/page/card-page.ts";
import { cardPictureText } from "../site/page/card-picture-text.ts";
import { pinnedPath } from "../site/page/pinned-path.ts";
import type { ReleasePage } from "../site/page/release-page.ts";
import { makeReport } from "../site/page/report.ts";
import { keysWithPages } from "./keys-with-pages.ts";
import { withPicture } from "./with-picture.ts";

/** Marks the rows without a card: those after the first few, or with keys that cannot be folder names. Returns whether any has a card. */
export function markCards({ rows, total }: ExplorerModel): boolean {
  const withCards =
    rows.length < total
      ? new Set<string>()
      : keysWithPages(
          rows.map(({ id }) => id),
          CARDS,
        );
  if (withCards.size > 0) for (const row of rows) if (!withCards.has(row.id)) row.isWithoutCard = true;
  return withCards.size > 0;
}

/** The cards of statements. `linkOf` returns the address of the page of a subject, if there is one. */
export function cardPages(
  page: ReleasePage,
  { plan, records }: Explored,
  model: ExplorerModel,
  linkOf: (subject: string) => string | undefined,
): CardPage[] {
  const [subject = ""] = propertyWithRole(plan, "subject") ?? [];
  return model.rows.flatMap((row, i): CardPage[] => {
    const path = cardHref(model, row);
    if (path === undefined) return [];
    const report = makeReport(page, {
      name: row.id,
      path: pinnedPath({ name: page.name, version: page.version, model, row }),
      said: rowSentence(model, row),
    });
    const card: CardPage = {
      ...{ name: page.name, title: page.title, version: page.version ?? "", date: page.date },
      ...{
        licenses: page.licenses,
        model,
        row,
        subject: `${linkOf(String(records[i]?.[subject])) ?? `/${page.name}/`}${rowHref(plan.name, row.id)}`,
        env: page.env,
      },
      ...{ path, report },
    };
    return [withPicture(card, cardPictureText(card))];
  });
}
