import { counted } from "./counted.ts";
import type { ExplorerModel, PlaceMap, Row } from "./explorer-model.ts";
import { placeDots } from "./make-place-map.ts";

const degrees = (value: number, [positive, negative]: readonly [string, string]): string =>
  `${Math.abs(Math.round(value * 10) / 10)}° ${value < 0 ? negative : positive}`;

interface PlaceMapProps {
  model: ExplorerModel;
  map: PlaceMap;
  /** The matching rows; undefined while the page does not include all. */
  rows: readonly Row[] | undefined;
}

/** A dot for each row that has a place; the coasts are drawn once on the page. */
export const PlaceMapPicture = ({ model, map, rows }: PlaceMapProps) => {
  const { south, north, west, east } = map.ends;
  const places = rows?.flatMap(({ place }) => (place ? [place] : []));
  const count = places ? counted(places.length, model.noun) : model.noun[1];
  const [latitude, longitude] = [["N", "S"] as const, ["E", "W"] as const];
  const reach = `${degrees(south, latitude)} to ${degrees(north, latitude)}, ${degrees(west, longitude)} to ${degrees(east, longitude)}`;
  return (
    <figure class="map">
      <svg viewBox={map.box.join(" ")} role="img" aria-label={`Map of the places of ${count}, from ${reach}`}>
        <use href="#_land" transform={`scale(${map.narrow} 1)`} />
        <path class="dots" d={places ? placeDots(map, places) : map.dots} />
      </svg>
      <figcaption class="muted">
        Places of {count}, {reach}
      </figcaption>
    </figure>
  );
};
