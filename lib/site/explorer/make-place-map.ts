import type { JsonRecord } from "../../formats/value.ts";
import { valueAt } from "../../formats/value-at.ts";
import { schemaType } from "../../schema/schema-type.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { PlaceMap, Row } from "./explorer-model.ts";

type Place = NonNullable<Row["place"]>;

const LATITUDE = /^lat(?:itude)?$/i;
const LONGITUDE = /^(?:lon|lng|long|longitude)$/i;
/** Minimum size of a map, in degrees. */
const SMALLEST = 0.02;
/** Number of dots from edge to edge; places that are closer share a dot. */
const DOTS = 80;

/** Reads the place of a record, in tables with number columns latitude and longitude, or with an object that has both. */
export function placeReader(plan: TablePlan): ((record: JsonRecord) => Place | undefined) | undefined {
  const numbers = plan.columns.filter(
    ({ schema, item, derived }) => !item && !derived && ["number", "integer"].includes(schemaType(schema) ?? ""),
  );
  const parentOf = ({ path }: (typeof numbers)[number]): string => JSON.stringify(path.slice(0, -1));
  const latitudes = numbers.filter(({ path }) => LATITUDE.test(path.at(-1) ?? ""));
  const pairs = latitudes.flatMap((latitude) => {
    const longitude = numbers.find((each) => parentOf(each) === parentOf(latitude) && LONGITUDE.test(each.path.at(-1) ?? ""));
    return longitude ? [{ latitude: latitude.path, longitude: longitude.path }] : [];
  });
  const [first] = pairs.toSorted((a, b) => a.latitude.length - b.latitude.length);
  if (!first) return undefined;
  return (record) => {
    const [lat, lon] = [valueAt(record, first.latitude), valueAt(record, first.longitude)];
    if (typeof lat !== "number" || typeof lon !== "number" || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
    return [Math.round(lat * 1000) / 1000, Math.round(lon * 1000) / 1000];
  };
}

/** The area that contains all places, with a margin; undefined for fewer than two. */
export function makePlaceMap(places: readonly Place[]): PlaceMap | undefined {
  if (places.length < 2) return undefined;
  let [south, north, west, east] = [90, -90, 180, -180];
  for (const [lat, lon] of places) {
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  }
  const ends = { south, north, west, east };
  // A degree of longitude is shorter towards the poles.
  const narrow = Math.round(1000 * Math.max(0.1, Math.cos((((south + north) / 2) * Math.PI) / 180))) / 1000;
  const [width, height] = [Math.max((east - west) * narrow, SMALLEST), Math.max(north - south, SMALLEST)];
  const margin = 0.06 * Math.max(width, height);
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const box = [
    ((west + east) / 2) * narrow - width / 2 - margin,
    -(south + north) / 2 - height / 2 - margin,
    width + 2 * margin,
    height + 2 * margin,
  ];
  return {
    ends,
    narrow,
    box: box.map(round) as PlaceMap["box"],
    dots: placeDots({ narrow, box: box.map(round) as PlaceMap["box"] }, places),
  };
}

/** The places as an SVG path of dots. */
export function placeDots({ narrow, box: [x, y, width, height] }: Pick<PlaceMap, "narrow" | "box">, places: readonly Place[]): string {
  const cell = Math.max(width, height) / DOTS;
  const digits = Math.max(0, Math.min(3, 1 - Math.floor(Math.log10(cell))));
  const dots = new Map<string, string>();
  for (const [lat, lon] of places) {
    const [left, top] = [lon * narrow, -lat];
    const key = `${Math.floor((left - x) / cell)} ${Math.floor((top - y) / cell)}`;
    if (!dots.has(key)) dots.set(key, `M${Number(left.toFixed(digits))} ${Number(top.toFixed(digits))}h0`);
  }
  return [...dots.values()].join("");
}
