// Asks the worker for positions.

import type Graph from "graphology";
import type { Job, Placed } from "./layout.worker";
import address from "./layout.worker?worker&url";
import type { Sky } from "./sky";

/** Pixels of half a letter of a label. */
const LETTER = 3.4;

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

  /** `onPlaced` hears x and y of every node, in the order in which they were given. */
  constructor(onPlaced: (positions: Float64Array, done: boolean) => void) {
    this.worker.addEventListener("message", ({ data }: MessageEvent<Placed>) => {
      if (data.job === this.job) onPlaced(data.positions, data.done);
    });
  }

  /** Begin with a graph, in place of what runs. */
  start(graph: Graph, fixed: ReadonlySet<string>, stage: [number, number]): void {
    const ids = graph.nodes();
    const index = new Map(ids.map((id, i) => [id, i]));
    const nodes = new Float64Array(ids.length * 5);
    ids.forEach((id, i) => {
      const { x, y, size, label } = graph.getNodeAttributes(id);
      nodes.set([x, y, size, LETTER * String(label ?? "").length, fixed.has(id) ? 1 : 0], i * 5);
    });
    const edges = new Float64Array(graph.size * 3);
    let at = 0;
    graph.forEachEdge((_, attributes, source, target) => {
      edges.set([index.get(source)!, index.get(target)!, attributes.weight ?? 1], at);
      at += 3;
    });
    this.send(nodes, edges, ids.length > 400 ? [6, 40] : [1, 260], stage);
  }

  /** The same with a sky. */
  startSky(sky: Sky, fixed: ReadonlySet<string>, stage: [number, number]): void {
    const nodes = new Float64Array(sky.ids.length * 5);
    sky.ids.forEach((id, i) => {
      nodes.set([sky.places[i * 2]!, sky.places[i * 2 + 1]!, 1, 0, fixed.has(id) ? 1 : 0], i * 5);
    });
    const edges = new Float64Array((sky.ends.length / 2) * 3);
    for (let i = 0; i < sky.ends.length / 2; i += 1) {
      edges.set([sky.ends[i * 2]!, sky.ends[i * 2 + 1]!, 1], i * 3);
    }
    this.send(nodes, edges, sky.ids.length > 5000 ? [20, 3] : [12, 15], stage);
  }

  stop(): void {
    this.job += 1;
    this.worker.postMessage({ job: this.job });
  }

  private send(
    nodes: Float64Array,
    edges: Float64Array,
    [rounds, iterations]: [number, number],
    stage: [number, number],
  ): void {
    this.job += 1;
    const job: Job = { job: this.job, nodes, edges, rounds, iterations, stage };
    this.worker.postMessage(job, [nodes.buffer, edges.buffer]);
  }
}
