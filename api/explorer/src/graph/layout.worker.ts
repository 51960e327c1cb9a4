// Lays out a graph in rounds of ForceAtlas2, away from the page's own thread, and tells where
// everything is after each round. Nodes that are `fixed` stay where they are.

import iterate from "graphology-layout-forceatlas2/iterate";
import { separate } from "./separate";

export interface Job {
  job: number;
  /** x, y, size, half the width of the label, 1 when fixed: five numbers a node. */
  nodes: Float64Array;
  /** Source, target, weight: three numbers an edge. */
  edges: Float64Array;
  rounds: number;
  iterations: number;
  /** Pixels of the stage. */
  stage: [number, number];
}

export interface Placed {
  job: number;
  positions: Float64Array;
  done: boolean;
}

const PPN = 10;
const PPE = 3;
const LABELS_UP_TO = 400;
let current = 0;

function settings(order: number): Record<string, unknown> {
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: order > LABELS_UP_TO ? 10 : 6,
    strongGravityMode: true,
    gravity: order > LABELS_UP_TO ? 0.05 : 0.6,
    slowDown: 1 + Math.log(order),
    barnesHutOptimize: order > 1000,
    barnesHutTheta: 0.8,
  };
}

function matrices(job: Job): [Float32Array, Float32Array] {
  const order = job.nodes.length / 5;
  const nodes = new Float32Array(order * PPN);
  for (let i = 0; i < order; i += 1) {
    nodes[i * PPN] = job.nodes[i * 5]!;
    nodes[i * PPN + 1] = job.nodes[i * 5 + 1]!;
    nodes[i * PPN + 6] = 1;
    nodes[i * PPN + 7] = 1;
    nodes[i * PPN + 8] = job.nodes[i * 5 + 2]!;
    nodes[i * PPN + 9] = job.nodes[i * 5 + 4]!;
  }
  const size = job.edges.length / 3;
  const edges = new Float32Array(size * PPE);
  for (let i = 0; i < size; i += 1) {
    const [from, to, weight] = [job.edges[i * 3]!, job.edges[i * 3 + 1]!, job.edges[i * 3 + 2]!];
    edges[i * PPE] = from * PPN;
    edges[i * PPE + 1] = to * PPN;
    edges[i * PPE + 2] = weight;
    nodes[from * PPN + 6]! += weight;
    nodes[to * PPN + 6]! += weight;
  }
  return [nodes, edges];
}

async function run(job: Job): Promise<void> {
  const order = job.nodes.length / 5;
  const [nodes, edges] = matrices(job);
  const chosen = settings(order);
  for (let round = 1; round <= job.rounds; round += 1) {
    for (let i = 0; i < job.iterations; i += 1) iterate(chosen, nodes, edges);
    const positions = new Float64Array(order * 2);
    for (let i = 0; i < order; i += 1) {
      positions[i * 2] = nodes[i * PPN]!;
      positions[i * 2 + 1] = nodes[i * PPN + 1]!;
    }
    const done = round === job.rounds;
    if (done && order <= LABELS_UP_TO) separate(positions, job.nodes, job.stage);
    postMessage({ job: job.job, positions, done } satisfies Placed, {
      transfer: [positions.buffer],
    });
    // A newer job, or a stop, is heard between two rounds.
    await new Promise((resolve) => setTimeout(resolve));
    if (current !== job.job) return;
  }
}

addEventListener("message", (event: MessageEvent<Job | { job: number }>) => {
  current = event.data.job;
  if ("nodes" in event.data) void run(event.data);
});
