import { keyAnchor } from "../../contract/key-anchor.ts";
import { recordNounOf } from "../../release/record-noun.ts";
import { releasesInForce } from "../../release/releases-in-force.ts";
import { removedReason } from "../../release/removed-reason.ts";
import { withdrawnReason } from "../../release/withdrawn-reason.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { Schema } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { isStatements } from "../explorer/is-statements.ts";
import { describedPropertyValues, propertyWithRole } from "../explorer/property.ts";
import { rowTitle } from "../explorer/row-title.ts";
import { FIRST_CHANGES, LISTED_KINDS, LISTED_VERSIONS } from "../limits.ts";
import { groupChanges, withFirstChanges } from "../versions/group-changes.ts";
import type { ListedVersion, VersionsModel } from "../versions/versions-model.ts";
import type { ReleasePage } from "./release-page.ts";

function listed(page: ReleasePage): ListedVersion[] {
  const { catalogue } = page;
  const newest = releasesInForce(catalogue)[0]?.version;
  // The page of an older release must not change with a new one, so it lists only itself and earlier ones.
  const from = page.isNewest ? 0 : catalogue.releases.findIndex(({ version }) => version === page.version);
  return catalogue.releases
    .slice(Math.max(0, from), Math.max(0, from) + (page.isNewest ? LISTED_VERSIONS : 2))
    .map(({ version, date, level }) => {
      const [withdrawn, removed] =
        page.isNewest || version === page.version ? [withdrawnReason(catalogue, version), removedReason(catalogue, version)] : [];
      const summary = page.summaries?.get(version);
      return {
        version,
        date,
        level,
        ...(summary === undefined ? {} : { summary }),
        ...(page.isNewest && version === newest ? { isNewest: true as const } : {}),
        ...(withdrawn === undefined ? {} : { withdrawn }),
        ...(removed === undefined ? {} : { removed }),
      };
    });
}

/** The tables that a value refers to, and the titles of its allowed values. */
function titlesOf(schema: Schema, root: Schema): { tables: string[]; titles: Record<string, string> } {
  const here = resolveSchema(schema, root);
  const inner = [...Object.values(here.properties ?? {}), ...(here.items ? [here.items] : [])].map((each) => titlesOf(each, root));
  const titles = Object.entries(describedPropertyValues(here)).flatMap(([value, { title }]) =>
    title === undefined ? [] : [[value, title] as const],
  );
  return {
    tables: [...(here.references ? [here.references] : []), ...inner.flatMap(({ tables }) => tables)],
    titles: Object.assign(Object.create(null) as Record<string, string>, ...inner.map((each) => each.titles), Object.fromEntries(titles)),
  };
}

/** Whether each column of the key is a reference: then their labels identify a record. */
const isReferring = ({ primaryKey, record }: TablePlan): boolean =>
  primaryKey.every((name) => resolveSchema(record.properties?.[name] ?? {}, record).references !== undefined);

export function makeVersionsModel(page: ReleasePage): VersionsModel {
  const versions = listed(page);
  const changes = page.changes && withFirstChanges(groupChanges(page.changes, page.main?.plan.name), FIRST_CHANGES, LISTED_KINDS);
  const text = JSON.stringify(changes?.groups ?? []);
  const labels = [...page.labels].map(
    ([table, known]) => [table, Object.fromEntries([...known].filter(([key]) => text.includes(JSON.stringify(key))))] as const,
  );
  const rows = new Map(page.main?.whole.rows.map((row) => [row.id, row]));
  const shown = (changes?.groups ?? []).flatMap(({ records = [] }) => records);
  const titles = shown.flatMap(({ table, kind, key }) => {
    const main = kind === "changed" && table === page.main?.plan.name ? page.main.plan : undefined;
    const row = main && rows.get(keyAnchor(main, key));
    return row ? [[row.id, rowTitle(row)] as const] : [];
  });
  const tables = page.tables.map(({ plan }) => {
    const properties = Object.entries(plan.record.properties ?? {});
    const fields = properties.map(
      ([name, schema]) => [name, { title: resolveSchema(schema, plan.record).title || name, ...titlesOf(schema, plan.record) }] as const,
    );
    const names = isStatements(plan)
      ? (["subject", "property", "value"] as const).flatMap((role) => propertyWithRole(plan, role)?.[0] ?? [])
      : plan.labelColumn === undefined && isReferring(plan)
        ? plan.primaryKey
        : [plan.labelColumn ?? properties[1]?.[0] ?? ""];
    const rank = propertyWithRole(plan, "rank")?.[0];
    return [
      plan.name,
      {
        noun: recordNounOf(plan.title),
        title: plan.title,
        primaryKey: plan.primaryKey,
        names,
        ...(rank ? { rank } : {}),
        fields: Object.fromEntries(fields),
      },
    ] as const;
  });
  return {
    dataset: page.name,
    composer: `${page.env.assets}${page.env.composer}`,
    versions,
    total: page.isNewest ? page.catalogue.releases.length : versions.length,
    isFirst: page.catalogue.releases.at(-1)?.version === page.version,
    ...(changes ? { changes } : {}),
    tables: Object.fromEntries(tables),
    labels: Object.fromEntries(labels),
    titles: Object.fromEntries(titles),
    ...(page.main ? { main: page.main.plan.name } : {}),
  };
}
