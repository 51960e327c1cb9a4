// The visible subgraph as GraphML, for Gephi, yEd and networkx.

import type { Shown } from "../library";
import type { Link } from "../types";

const NODE_KEYS = ["name", "kind"] as const;
const LINK_KEYS: [string, "string" | "int" | "double" | "boolean", (link: Link) => unknown][] = [
  ["id", "string", (link) => link.id],
  ["type", "string", (link) => link.type],
  ["status", "string", (link) => link.status],
  ["contested", "boolean", (link) => link.contested],
  ["role", "string", (link) => link.role],
  ["sources", "int", (link) => link.sources],
  ["claims", "int", (link) => link.claims],
  ["amount_value", "double", (link) => link.amount?.value],
  ["amount_currency", "string", (link) => link.amount?.currency],
  ["amount_bound", "string", (link) => link.amount?.bound],
  ["start_earliest", "string", (link) => link.start?.earliest],
  ["start_latest", "string", (link) => link.start?.latest],
  ["end_earliest", "string", (link) => link.end?.earliest],
  ["end_latest", "string", (link) => link.end?.latest],
  ["first_reported", "string", (link) => link.first_reported],
  ["last_reported", "string", (link) => link.last_reported],
];

/** Text in XML: what would be markup is escaped, what XML does not allow is left out. */
export function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);
}

const data = (key: string, value: unknown): string =>
  value === null || value === undefined ? "" : `<data key="${key}">${xml(String(value))}</data>`;

export function graphml({ entities, links }: Shown): string {
  const keys = [
    ...NODE_KEYS.map((key) => `<key id="n_${key}" for="node" attr.name="${key}" attr.type="string"/>`),
    ...LINK_KEYS.map(([key, type]) => `<key id="e_${key}" for="edge" attr.name="${key}" attr.type="${type}"/>`),
  ];
  const nodes = entities.map(
    (entity) =>
      `<node id="${xml(entity.id)}">${NODE_KEYS.map((key) => data(`n_${key}`, entity[key])).join("")}</node>`,
  );
  const edges = links.map(
    (link) =>
      `<edge source="${xml(link.subject)}" target="${xml(link.object)}">${LINK_KEYS.map(([key, , of]) => data(`e_${key}`, of(link))).join("")}</edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '<graph id="mercato" edgedefault="directed">',
    ...nodes,
    ...edges,
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}
