// The picture as SVG: the same shapes, strokes and places as on the stage.

import { PALETTES, STROKE, type Theme, family, nodeSize, width } from "../graph/look";
import type { Shown } from "../library";
import type { Kind } from "../types";
import { xml } from "./graphml";

const MARGIN = 90;

export function svg(
  { entities, links }: Shown,
  at: (id: string) => { x: number; y: number } | null,
  theme: Theme,
): string {
  const colours = PALETTES[theme];
  const places = new Map(entities.flatMap(({ id }) => {
    const place = at(id);
    return place ? [[id, place] as const] : [];
  }));
  const xs = [...places.values()].map(({ x }) => x);
  const ys = [...places.values()].map(({ y }) => y);
  const [left, top] = [Math.min(...xs, 0) - MARGIN, Math.min(...ys, 0) - MARGIN];
  const [wide, tall] = [Math.max(...xs, 0) + MARGIN - left, Math.max(...ys, 0) + MARGIN - top];
  const degree = new Map<string, number>();
  for (const { subject, object } of links) {
    for (const id of [subject, object]) degree.set(id, (degree.get(id) ?? 0) + 1);
  }
  const beside = new Map<string, number>();
  const lines = links.map((link) => {
    const [a, b] = [places.get(link.subject), places.get(link.object)];
    if (!a || !b) return "";
    // Several links between the same two are bent apart.
    const pair = [link.subject, link.object].sort().join(" ");
    const nth = beside.get(pair) ?? 0;
    beside.set(pair, nth + 1);
    const bend = nth === 0 ? 0 : (nth % 2 ? 1 : -1) * Math.ceil(nth / 2) * 26;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = Math.hypot(dx, dy) || 1;
    const [mx, my] = [(a.x + b.x) / 2 - (dy / length) * bend, (a.y + b.y) / 2 + (dx / length) * bend];
    const stop = (length - nodeSize(degree.get(link.object) ?? 0) - 3) / length;
    const { dash, gap } = STROKE[link.status];
    const colour = link.status === "denied" ? colours.denied : colours.family[family(link.type)];
    return `<path d="M${r(a.x)} ${r(a.y)}Q${r(mx)} ${r(my)} ${r(a.x + dx * stop)} ${r(a.y + dy * stop)}" fill="none" stroke="${colour}" stroke-width="${r(width(link))}"${gap ? ` stroke-dasharray="${dash} ${gap}"` : ""}${link.type === "PARTNERED_WITH" ? "" : ` marker-end="url(#arrow)"`}/>`;
  });
  const nodes = entities.map((entity) => {
    const place = places.get(entity.id);
    if (!place) return "";
    const size = nodeSize(degree.get(entity.id) ?? 0);
    return `<g fill="${colours.kind[entity.kind]}">${shape(entity.kind, place.x, place.y, size)}</g><text x="${r(place.x)}" y="${r(place.y + size + 15)}" text-anchor="middle" fill="${colours.ink}" stroke="${colours.paper}" stroke-width="3" paint-order="stroke">${xml(entity.name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${r(left)} ${r(top)} ${r(wide)} ${r(tall)}" width="${r(wide)}" height="${r(tall)}" font-family="system-ui, sans-serif" font-size="13">`,
    `<marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0 8 4 0 8Z" fill="context-stroke"/></marker>`,
    `<rect x="${r(left)}" y="${r(top)}" width="100%" height="100%" fill="${colours.paper}"/>`,
    ...lines.filter(Boolean),
    ...nodes.filter(Boolean),
    "</svg>",
    "",
  ].join("\n");
}

const r = (value: number): string => value.toFixed(1);

function shape(kind: Kind, x: number, y: number, size: number): string {
  switch (kind) {
    case "Person":
      return `<circle cx="${r(x)}" cy="${r(y)}" r="${r(size)}"/>`;
    case "Company":
      return `<rect x="${r(x - size)}" y="${r(y - size)}" width="${r(2 * size)}" height="${r(2 * size)}" rx="${r(size / 4)}"/>`;
    case "Organization":
      return `<path d="M${r(x)} ${r(y - size)}l${r(size)} ${r(size)}l${r(-size)} ${r(size)}l${r(-size)} ${r(-size)}Z"/>`;
    case "Product":
      return `<path d="M${r(x)} ${r(y - size)}l${r(size)} ${r(1.8 * size)}h${r(-2 * size)}Z"/>`;
  }
}
