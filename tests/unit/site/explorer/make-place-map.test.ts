import { describe, expect, it } from "vitest";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { makePlaceMap, placeDots, placeReader } from "../../../../lib/site/explorer/make-place-map.ts";
import { LAND } from "../../../../lib/site/page/land.ts";

const number = { type: "number" };
const planOf = (properties: object) =>
  planTable("t", {
    type: "object",
    properties: {
      t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: { type: "string" }, ...properties } } },
    },
  });

describe("the place of a record", () => {
  it("is read from columns of numbers called latitude and longitude", () => {
    const read = placeReader(planOf({ Latitude: number, lng: number }));
    expect(read?.({ id: "a", Latitude: 43.2389, lng: -76.88974 })).toEqual([43.239, -76.89]);
    for (const record of [{ Latitude: 91, lng: 0 }, { Latitude: 0, lng: -181 }, { Latitude: null, lng: 1 }, { lng: 1 }])
      expect([record, read?.({ id: "a", ...record })]).toEqual([record, undefined]);
    expect(placeReader(planOf({ lat: { type: "string" }, lon: number }))).toBeUndefined();
    const object = (properties: object): object => ({ type: "object", properties });
    const inside = planOf({ lat: number, at: object({ lat: number, lon: number }) });
    expect(placeReader(inside)?.({ id: "a", lat: 1, at: { lat: 2, lon: 3 } })).toEqual([2, 3]);
    expect(placeReader(inside)?.({ id: "a", lat: 1 })).toBeUndefined();
    expect(placeReader(planOf({ from: object({ lat: number }), to: object({ lon: number }) }))).toBeUndefined();
    expect(placeReader(planOf({ stops: { type: "array", items: object({ lat: number, lon: number }) } }))).toBeUndefined();
    expect(placeReader(planOf({ latitude: number, east: number }))).toBeUndefined();
  });
});

describe("the map of places", () => {
  it("holds all of them with a margin, and narrows degrees of longitude towards the poles", () => {
    expect(
      makePlaceMap([
        [60, 10],
        [60, 30],
        [60, 20.001],
      ]),
    ).toMatchObject({ ends: { south: 60, north: 60, west: 10, east: 30 }, narrow: 0.5, box: [4.4, -60.61, 11.2, 1.22] });
    expect(
      makePlaceMap([
        [-10, 0],
        [10, 0],
      ])?.dots,
    ).toBe("M0 10h0M0-10h0".replace("M0-", "M0 -"));
    expect(makePlaceMap([[1, 1]])).toBeUndefined();
    expect(
      makePlaceMap([
        [1, 1],
        [1, 1],
      ])?.box,
    ).toEqual([0.989, -1.011, 0.022, 0.022]);
  });

  it("draws places that are nearer than a dot as one", () => {
    const map = { narrow: 1, box: [0, 0, 80, 40] as [number, number, number, number] };
    expect(
      placeDots(map, [
        [-10.2, 5.1],
        [-10.7, 5.9],
        [-11.2, 5.1],
      ]),
    ).toBe("M5.1 10.2h0M5.1 11.2h0");
    const many = Array.from({ length: 20_000 }, (_, i): [number, number] => [-((i * 7) % 4000) / 100, ((i * 13) % 8000) / 100]);
    expect(placeDots(map, many).split("M").length).toBeLessThanOrEqual(80 * 40 + 2);
  });

  it("has coasts within the world", () => {
    let [x, y] = [0, 0];
    const points: [number, number][] = [];
    for (const [, startX, startY, rest = ""] of LAND.matchAll(/M(-?\d+) ?(-?\d+)l([^z]*)z/g)) {
      [x, y] = [Number(startX), Number(startY)];
      points.push([x, y]);
      const steps = (rest.match(/-?\d+/g) ?? []).map(Number);
      for (let i = 0; i < steps.length; i += 2) {
        [x, y] = [x + (steps[i] as number), y + (steps[i + 1] as number)];
        points.push([x, y]);
      }
    }
    expect(points.length).toBeGreaterThan(500);
    expect(points.every(([lon, south]) => lon >= -180 && lon <= 191 && Math.abs(south) <= 90)).toBe(true);
    // Land's End, Cape Agulhas and Cape Horn are within a degree and a half of a point.
    for (const [lon, lat] of [
      [-5.7, 50.1],
      [20, -34.8],
      [-67.3, -55.9],
    ] as const)
      expect(
        points.some(([a, b]) => Math.hypot(a - lon, -b - lat) < 2),
        `${lon} ${lat}`,
      ).toBe(true);
  });
});
