import { resolve } from "../../dataset/table-plan.ts";
import { removedReason, standing, withdrawnReason } from "../../release/catalogue.ts";
import { titleOf } from "../explorer/model.ts";
import { isStatements, withRole } from "../explorer/roles.ts";
import type { ListedVersion, VersionsModel } from "../versions/versions.tsx";
import type { ReleasePage } from "./release.ts";

const LISTED = 50;
function listed(page: ReleasePage): ListedVersion[] {
  const { catalogue } = page;
  const newest = standing(catalogue)[0]?.version;
  // A page of an older release does not change with a new one, so it names itself and what came before.
  const from = page.isNewest ? 0 : catalogue.releases.findIndex(({ version }) => version === page.version);
  return catalogue.releases.slice(Math.max(0, from), Math.max(0, from) + (page.isNewest ? LISTED : 2)).map(({ version, date, level }) => {
    const [withdrawn, removed] =
      page.isNewest || version === page.version ? [withdrawnReason(catalogue, version), removedReason(catalogue, version)] : [];
    return {
      version,
      date,
      level,
      ...(page.isNewest && version === newest ? { isNewest: true as const } : {}),
      ...(withdrawn === undefined ? {} : { withdrawn }),
      ...(removed === undefined ? {} : { removed }),
    };
  });
}

export function versionsModel(page: ReleasePage): VersionsModel {
  const versions = listed(page);
  const text = JSON.stringify(page.changes?.records ?? []);
  const labels = [...page.labels.values()].flatMap((known) => [...known].filter(([key]) => text.includes(JSON.stringify(key))));
  const rows = new Map(page.main?.model.rows.map((row) => [row.id, row]));
  for (const { table, kind, key } of page.changes?.records ?? []) {
    const row = kind === "changed" && table === page.main?.plan.name ? rows.get(key) : undefined;
    if (row) labels.push([key, titleOf(row)]);
  }
  const tables = page.tables.map(({ plan }) => {
    const properties = Object.entries(plan.record.properties ?? {}).map(
      ([name, schema]) => [name, resolve(schema, plan.record).title ?? name] as const,
    );
    const names = isStatements(plan)
      ? ["subject", "property", "value"].flatMap((role) => withRole(plan, role)?.[0] ?? [])
      : [plan.labelColumn ?? properties[1]?.[0] ?? ""];
    return [plan.name, { title: plan.title, primaryKey: plan.primaryKey, names, fields: Object.fromEntries(properties) }] as const;
  });
  return {
    dataset: page.name,
    versions,
    total: page.isNewest ? page.catalogue.releases.length : versions.length,
    ...(page.changes ? { changes: page.changes } : {}),
    tables: Object.fromEntries(tables),
    labels: Object.fromEntries(labels),
  };
}
