import { describe, expect, it } from "vitest";
import { Sky } from "../src/graph/sky";
import type { Shown } from "../src/library";
import type { Entity, Link, Wide } from "../src/types";
import { unpacked } from "../src/wide";

const WIDE: Wide = {
  entities: { id: ["meta", "pang", "apple"], name: ["Meta", "Pang", "Apple"], kind: ["Company", "Person", "Company"] },
  relationships: {
    id: ["1", "2"],
    type: ["HIRED_BY", "ACQUIRED"],
    subject: [1, 0],
    object: [0, 2],
    status: ["asserted", "denied"],
    contested: [false, true],
    sources: [3, 1],
    claims: [4, 1],
    first_reported: ["2025-07-01", null],
    last_reported: ["2025-07-08", null],
    details: [{ at: 1, amount: { value: 5, currency: "EUR" }, start: { earliest: "2025-01-01", latest: null } }],
  },
};

describe("columns", () => {
  it("become the entities and relationships of any other picture", () => {
    const { entities, relationships } = unpacked(WIDE);
    expect(entities[1]).toEqual({ id: "pang", name: "Pang", kind: "Person" });
    expect(relationships[0]).toMatchObject({ subject: "pang", object: "meta", sources: 3, amount: null, role: null });
    expect(relationships[1]).toMatchObject({
      status: "denied",
      contested: true,
      amount: { value: 5, currency: "EUR", bound: "exact", purpose: null },
      start: { earliest: "2025-01-01", latest: null },
      end: null,
    });
  });
});

describe("a sky", () => {
  const star = (n: number): Entity => ({ id: `e${n}`, name: `E ${n}`, kind: "Person" });
  const link = (id: string, subject: string, object: string): Link =>
    ({ id, subject, object, type: "HIRED_BY" }) as Link;
  const shown: Shown = {
    entities: Array.from({ length: 300 }, (_, n) => star(n)),
    links: Array.from({ length: 299 }, (_, n) => link(`l${n}`, `e${n + 1}`, n % 2 ? "e0" : "e1")),
  };
  const sky = new Sky(shown, null);

  it("gives every star a place of its own, and finds it there", () => {
    expect(new Set(shown.entities.map(({ id }) => JSON.stringify(sky.at(id)))).size).toBe(300);
    expect(sky.nearest(sky.at("e7")!, 0.1)).toBe("e7");
    expect(sky.nearest({ x: 1e6, y: 0 }, 5)).toBeNull();
    expect(sky.name("e7")).toBe("E 7");
  });

  it("keeps the places of those that stay when it is narrowed", () => {
    const fewer = new Sky({ entities: shown.entities.slice(50), links: [] }, sky);
    expect(fewer.at("e60")).toEqual(sky.at("e60"));
    expect(fewer.at("e1")).toBeNull();
    expect(fewer.holds(shown)).toBe(false);
    expect(sky.holds({ ...shown })).toBe(true);
  });

  it("has the best connected in front, and what is near to what is chosen with its links", () => {
    const front = sky.front(null, () => false);
    expect(front.entities.map(({ id }) => id)).toContain("e0");
    expect(front.entities.length).toBeLessThan(100);
    expect(front.links).toEqual([]);
    const near = sky.front(new Set(["e299", "e1"]), ({ subject }) => subject === "e299");
    expect(near.entities.map(({ id }) => id)).toContain("e299");
    expect(near.links.map(({ id }) => id)).toEqual(["l298"]);
  });

  it("has a box that those far out do not make wide", () => {
    expect(sky.box().x[1]).toBeGreaterThan(10);
    sky.move("e299", { x: 1e5, y: 0 });
    expect(sky.box().x[1]).toBeLessThan(1000);
  });
});
