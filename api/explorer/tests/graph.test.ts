import { describe, expect, it } from "vitest";
import { beside, spiral } from "../src/graph/places";
import { STROKE, width } from "../src/graph/look";
import { separate } from "../src/graph/separate";
import { next } from "../src/keyboard";
import { STATUSES } from "../src/types";
import type { Link } from "../src/types";

describe("placing", () => {
  it("begins new neighbours around their anchor, away from the middle", () => {
    const at = beside({ x: 10, y: 0 }, { x: 0, y: 0 }, 0, 5);
    expect(at).toEqual({ x: 15, y: 0 });
  });

  it("gives no two places of the spiral twice", () => {
    const places = new Set(Array.from({ length: 500 }, (_, i) => Object.values(spiral(i)).map((v) => v.toFixed(3)).join()));
    expect(places.size).toBe(500);
  });

  it("moves labels apart, but not what must stay", () => {
    // Three nodes in one place, with labels 80 pixels wide; the first is fixed.
    const nodes = new Float64Array([0, 0, 8, 40, 1, 0.1, 0, 8, 40, 0, 0, 0.1, 8, 40, 0, 400, 400, 8, 40, 0]);
    const positions = new Float64Array([0, 0, 0.1, 0, 0, 0.1, 400, 400]);
    separate(positions, nodes, [800, 800]);
    expect([...positions.slice(0, 2)]).toEqual([0, 0]);
    const apart = (a: number, b: number): boolean =>
      Math.abs(positions[a * 2]! - positions[b * 2]!) > 30 ||
      Math.abs(positions[a * 2 + 1]! - positions[b * 2 + 1]!) > 12;
    expect(apart(0, 1) && apart(0, 2) && apart(1, 2)).toBe(true);
  });
});

describe("the arrows", () => {
  const spots = [
    { id: "middle", x: 0, y: 0 },
    { id: "right", x: 50, y: 10 },
    { id: "far right", x: 200, y: 0 },
    { id: "below", x: 10, y: 80 },
  ];
  it.each([
    ["ArrowRight", "right"],
    ["ArrowDown", "below"],
    ["ArrowLeft", undefined],
    ["ArrowUp", undefined],
    ["Enter", undefined],
  ])("%s leads to %s", (key, id) => {
    expect(next(spots, spots[0]!, key)?.id).toBe(id);
  });

  it("begin somewhere", () => {
    expect(next(spots, null, "ArrowUp")?.id).toBe("middle");
    expect(next([], null, "ArrowUp")).toBeNull();
  });
});

describe("lines", () => {
  it("differ for every status, by more than colour", () => {
    expect(new Set(STATUSES.map((status) => JSON.stringify(STROKE[status]))).size).toBe(STATUSES.length);
    expect(STROKE.asserted.gap).toBe(0);
  });

  it("grow with the sources, up to a width", () => {
    const of = (sources: number): number => width({ sources } as Link);
    expect(of(2)).toBeGreaterThan(of(1));
    expect(of(50)).toBe(of(500));
  });
});
