// Where nodes begin, before the layout moves them: the same each time.

import type Graph from "graphology";
import type { Shown } from "../library";

export interface Place {
  x: number;
  y: number;
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** A spiral for the first nodes. */
export function spiral(index: number): Place {
  const radius = 6 * Math.sqrt(index + 0.5);
  return { x: radius * Math.cos(index * GOLDEN), y: radius * Math.sin(index * GOLDEN) };
}

/**
 * Where a large graph begins: the best connected on a spiral, the others around the best of theirs.
 *
 * `ends` holds two nodes for each link; the answer holds x and y for each node.
 */
export function constellation(ends: Uint32Array, degree: Uint32Array): Float32Array {
  const order = degree.length;
  const best = new Int32Array(order).fill(-1);
  const look = (one: number, other: number): void => {
    if (degree[other]! > degree[best[one]! < 0 ? one : best[one]!]!) best[one] = other;
  };
  for (let i = 0; i < ends.length; i += 2) {
    look(ends[i]!, ends[i + 1]!);
    look(ends[i + 1]!, ends[i]!);
  }
  const around = new Uint32Array(order);
  for (let i = 0; i < order; i += 1) if (best[i]! >= 0) around[best[i]!]! += 1;
  const at = new Float32Array(order * 2);
  const nth = new Uint32Array(order);
  // Each sun takes as much of the sky as what turns around it.
  let area = 0;
  const ranked = Uint32Array.from(degree.keys()).sort((a, b) => degree[b]! - degree[a]! || a - b);
  for (const node of ranked) {
    const sun = best[node]!;
    if (sun < 0) {
      area += 4 + around[node]!;
      const place = spiral(area);
      at[node * 2] = place.x;
      at[node * 2 + 1] = place.y;
    } else {
      nth[sun]! += 1;
      const place = spiral(nth[sun]!);
      at[node * 2] = at[sun * 2]! + place.x * 0.8;
      at[node * 2 + 1] = at[sun * 2 + 1]! + place.y * 0.8;
    }
  }
  return at;
}

/** Where new nodes begin: around a neighbour that has a place, away from the middle. */
export function beside(anchor: Place, middle: Place, index: number, gap: number): Place {
  const outwards = Math.atan2(anchor.y - middle.y, anchor.x - middle.x);
  const side = index % 2 ? 1 : -1;
  const angle = outwards + side * Math.ceil(index / 2) * 0.5;
  const radius = gap * (1 + 0.15 * Math.floor(index / 12));
  return { x: anchor.x + radius * Math.cos(angle), y: anchor.y + radius * Math.sin(angle) };
}

/** Give the fresh nodes of a graph their places beside what was there. */
export function placeBeside(graph: Graph, fresh: string[], { links }: Shown): void {
  const isNew = new Set(fresh);
  const old = graph.nodes().filter((id) => !isNew.has(id));
  const xs = old.map((id) => graph.getNodeAttribute(id, "x") as number);
  const ys = old.map((id) => graph.getNodeAttribute(id, "y") as number);
  const middle = { x: mean(xs), y: mean(ys) };
  const gap = Math.max(8, (max(xs) - min(xs) + max(ys) - min(ys)) / 12);
  const anchor = new Map<string, string>();
  for (const { subject, object } of links) {
    if (isNew.has(subject) && !isNew.has(object) && !anchor.has(subject)) anchor.set(subject, object);
    if (isNew.has(object) && !isNew.has(subject) && !anchor.has(object)) anchor.set(object, subject);
  }
  fresh.forEach((id, i) => {
    const by = anchor.get(id);
    const from = by
      ? (graph.getNodeAttributes(by) as Place)
      : { x: middle.x, y: max(ys) + gap };
    graph.mergeNodeAttributes(id, beside(from, middle, i, gap));
  });
}

/** The box around places, in the form that the drawing takes. */
export function extent(xs: number[], ys: number[]): { x: [number, number]; y: [number, number] } {
  return { x: [min(xs), max(xs)], y: [min(ys), max(ys)] };
}

const min = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
const mean = (values: number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Take the nodes this share of the way to where they shall be; a node without a target stays. */
export function move(
  graph: Graph,
  to: (id: string) => Place | null,
  share: number,
  from: ReadonlyMap<string, Place> | null,
): void {
  graph.updateEachNodeAttributes(
    (id, attributes) => {
      const target = to(id);
      if (!target) return attributes;
      const start = from?.get(id) ?? target;
      attributes.x = start.x + (target.x - start.x) * share;
      attributes.y = start.y + (target.y - start.y) * share;
      return attributes;
    },
    { attributes: ["x", "y"] },
  );
}
