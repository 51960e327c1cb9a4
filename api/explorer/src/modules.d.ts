declare module "graphology-layout-forceatlas2/iterate" {
  /** One iteration over the matrices of nodes (ten numbers each) and edges (three each). */
  export default function iterate(
    settings: Record<string, unknown>,
    nodes: Float32Array,
    edges: Float32Array,
  ): Record<string, never>;
}
