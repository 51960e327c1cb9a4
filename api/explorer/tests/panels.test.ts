import { describe, expect, it } from "vitest";
import { constellation } from "../src/graph/places";
import { sankey } from "../src/panels/sankey";
import { treemap } from "../src/panels/treemap";
import { segments } from "../src/segments";

describe("the flows", () => {
  const streams = [
    { from: "a", to: "x", count: 3 },
    { from: "a", to: "y", count: 1 },
    { from: "b", to: "x", count: 2 },
  ];

  it("have bars as high as their people, the greatest first, and ribbons inside of them", () => {
    const { left, right, ribbons } = sankey(streams, 20);
    expect(left.map(({ id, count }) => [id, count])).toEqual([["a", 4], ["b", 2]]);
    expect(right.map(({ id, count }) => [id, count])).toEqual([["x", 5], ["y", 1]]);
    for (const { from, to, y0, y1, height } of ribbons) {
      const a = left.find(({ id }) => id === from)!;
      const b = right.find(({ id }) => id === to)!;
      expect(y0).toBeGreaterThanOrEqual(a.y);
      expect(y0 + height).toBeLessThanOrEqual(a.y + a.height);
      expect(y1 + height).toBeLessThanOrEqual(b.y + b.height);
    }
  });

  it("of nobody are nothing", () => {
    expect(sankey([], 20)).toEqual({ left: [], right: [], ribbons: [], height: 0 });
  });
});

describe("the treemap", () => {
  it("gives each its share of the area, inside of the whole and apart", () => {
    const values = [14.3, 2, 1.7, 0.5, 0.2, 0.1];
    const tiles = treemap(values, (value) => value, 900, 420);
    const total = values.reduce((a, b) => a + b);
    for (const { item, x, y, width, height } of tiles) {
      expect((width * height) / (900 * 420)).toBeCloseTo(item / total, 6);
      expect(x + width).toBeLessThanOrEqual(900.001);
      expect(y + height).toBeLessThanOrEqual(420.001);
    }
    for (const a of tiles) {
      for (const b of tiles) {
        if (a === b) continue;
        const over =
          Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.001 &&
          Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.001;
        expect(over).toBe(false);
      }
    }
  });

  it("leaves out what has no value", () => {
    expect(treemap([0, -1], (value) => value, 10, 10)).toEqual([]);
  });
});

describe("a text with marks", () => {
  it("is whole when its segments are put together, whatever the marks", () => {
    const text = "Lé 😀 Meta recrute.";
    const marks = [
      { start: 5, end: 9, layer: "entity" as const, id: "company-meta" },
      { start: 3, end: 18, layer: "claim" as const, id: "claim-1" },
      { start: 9, end: 400, layer: "claim" as const, id: "claim-2" },
      { start: 7, end: 2, layer: "entity" as const, id: "turned" },
    ];
    const found = segments(text, marks);
    expect(found.map((each) => each.text).join("")).toBe(text);
    expect(found.find(({ entity }) => entity === "company-meta")).toMatchObject({
      text: "Meta",
      claims: ["claim-1"],
    });
  });
});

describe("a large graph", () => {
  it("begins with everything in a place of its own, near its best connected neighbour", () => {
    // The first is joined to the next three, the last to none.
    const at = constellation(new Uint32Array([1, 0, 2, 0, 3, 0]), new Uint32Array([3, 1, 1, 1, 0]));
    const places = [0, 1, 2, 3, 4].map((i) => [at[i * 2]!, at[i * 2 + 1]!] as const);
    expect(new Set(places.map(String)).size).toBe(5);
    const gap = (a: number, b: number): number =>
      Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1]);
    expect(gap(1, 0)).toBeLessThan(gap(4, 0));
  });
});
