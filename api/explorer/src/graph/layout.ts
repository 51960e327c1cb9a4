// Asks the worker for positions. New nodes begin beside what they are joined to, so that what is on
// screen need not move.

import type Graph from "graphology";
import type { Shown } from "../library";
import type { Job, Placed } from "./layout.worker";
import address from "./layout.worker?worker&url";

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** A spiral for the first nodes; the same each time. */
export function spiral(index: number): { x: number; y: number } {
  const radius = 6 * Math.sqrt(index + 0.5);
  return { x: radius * Math.cos(index * GOLDEN), y: radius * Math.sin(index * GOLDEN) };
}

/** Where a large graph begins: the best connected on a spiral, the others around the best of theirs. */
export function constellation(
  { entities, links }: Shown,
  degree: ReadonlyMap<string, number>,
): Map<string, { x: number; y: number }> {
  const rank = (id: string): number => degree.get(id) ?? 0;
  const best = new Map<string, string>();
  for (const { subject, object } of links) {
    for (const [one, other] of [
      [subject, object],
      [object, subject],
    ] as const) {
      const known = best.get(one);
      if (rank(other) > rank(known ?? one)) best.set(one, other);
    }
  }
  const at = new Map<string, { x: number; y: number }>();
  const around = new Map<string, number>();
  let suns = 0;
  for (const { id } of [...entities].sort((a, b) => rank(b.id) - rank(a.id))) {
    const sun = best.get(id);
    const middle = sun === undefined ? undefined : at.get(sun);
    if (sun === undefined || middle === undefined) {
      const place = spiral(suns);
      at.set(id, { x: place.x * 8, y: place.y * 8 });
      suns += 1;
    } else {
      const nth = around.get(sun) ?? 0;
      around.set(sun, nth + 1);
      const place = spiral(nth + 1);
      at.set(id, { x: middle.x + place.x / 3, y: middle.y + place.y / 3 });
    }
  }
  return at;
}

/** Where new nodes begin: around a neighbour that has a place, away from the middle. */
export function beside(
  anchor: { x: number; y: number },
  middle: { x: number; y: number },
  index: number,
  gap: number,
): { x: number; y: number } {
  const outwards = Math.atan2(anchor.y - middle.y, anchor.x - middle.x);
  const side = index % 2 ? 1 : -1;
  const angle = outwards + side * Math.ceil(index / 2) * 0.5;
  const radius = gap * (1 + 0.15 * Math.floor(index / 12));
  return { x: anchor.x + radius * Math.cos(angle), y: anchor.y + radius * Math.sin(angle) };
}

/** The policy of the page lets no address become a script but this one. */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return script;
  const policy = types.createPolicy("mercato-worker", {
    createScriptURL: (asked) => {
      if (asked !== address) throw new TypeError("only the layout's own worker may run");
      return asked;
    },
  });
  return policy.createScriptURL(script);
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (asked: string) => string },
  ): { createScriptURL: (asked: string) => string };
}

export class Layout {
  private readonly worker = new Worker(trusted(address), { type: "module" });
  private job = 0;
  private ids: string[] = [];

  constructor(private readonly onPlaced: (at: Map<string, [number, number]>, done: boolean) => void) {
    this.worker.addEventListener("message", ({ data }: MessageEvent<Placed>) => {
      if (data.job !== this.job) return;
      const at = new Map(
        this.ids.map((id, i) => [id, [data.positions[i * 2]!, data.positions[i * 2 + 1]!]]),
      );
      this.onPlaced(at as Map<string, [number, number]>, data.done);
    });
  }

  /** Begin, in place of what runs. */
  start(graph: Graph, fixed: ReadonlySet<string>, stage: [number, number]): void {
    this.ids = graph.nodes();
    const index = new Map(this.ids.map((id, i) => [id, i]));
    const nodes = new Float64Array(this.ids.length * 5);
    this.ids.forEach((id, i) => {
      const { x, y, size, label } = graph.getNodeAttributes(id);
      nodes.set([x, y, size, 3.4 * String(label ?? "").length, fixed.has(id) ? 1 : 0], i * 5);
    });
    const edges = new Float64Array(graph.size * 3);
    let at = 0;
    graph.forEachEdge((_, attributes, source, target) => {
      edges.set([index.get(source)!, index.get(target)!, attributes.weight ?? 1], at);
      at += 3;
    });
    this.job += 1;
    const order = this.ids.length;
    const [rounds, iterations] = order > 5000 ? [6, 8] : order > 600 ? [12, 15] : [1, 260];
    const job: Job = { job: this.job, nodes, edges, rounds, iterations, stage };
    this.worker.postMessage(job, [nodes.buffer, edges.buffer]);
  }

  stop(): void {
    this.job += 1;
    this.worker.postMessage({ job: this.job });
  }
}
