// What each entity and each relationship looks like in a state: the attributes that the drawing reads.

import type { Shown } from "../library";
import type { State } from "../state";
import type { Entity, Link } from "../types";
import { w } from "../words";
import { type Palette, SHAPE, STROKE, family, nodeSize, width } from "./look";

export type Attributes = Record<string, unknown>;

/** How many relationships each entity has. */
export function degrees({ links }: Shown): Map<string, number> {
  const degree = new Map<string, number>();
  for (const { subject, object } of links) {
    degree.set(subject, (degree.get(subject) ?? 0) + 1);
    degree.set(object, (degree.get(object) ?? 0) + 1);
  }
  return degree;
}

/** What stays bright: what is chosen and its neighbours, or the path; null when nothing is. */
export function brightest(shown: Shown, state: State): Set<string> | null {
  if (state.path.length) return new Set(state.path);
  if (state.chosen.length === 0 && state.link === null) return null;
  const near = new Set(state.chosen);
  for (const link of shown.links) {
    if (touches(state, link)) near.add(link.subject).add(link.object);
  }
  return near.size ? near : null;
}

/** Whether a relationship is chosen, or one of its ends, or it lies on the path. */
export const touches = (state: State, link: Link): boolean =>
  state.link === link.id ||
  state.chosen.includes(link.subject) ||
  state.chosen.includes(link.object) ||
  (state.path.includes(link.subject) && state.path.includes(link.object));

export function ofEntity(
  { id, name, kind }: Entity,
  state: State,
  near: ReadonlySet<string> | null,
  { degree, lonely, scale }: { degree: number; lonely: boolean; scale: number },
  colours: Palette,
): Attributes {
  const chosen = state.chosen.includes(id);
  const bright = near?.has(id) ?? false;
  const faded = (near !== null && !bright) || lonely;
  return {
    label: name,
    shape: SHAPE[kind],
    size: nodeSize(degree) * scale,
    color: colours.kind[kind],
    opacity: faded ? 0.35 : 1,
    labelColor: faded ? mix(colours.ink, colours.paper, 0.5) : colours.ink,
    ring: chosen || id in state.pinned,
    ringColor: chosen ? colours.chosen : colours.faint,
    labelVisibility: chosen || (bright && near!.size < 60) ? "visible" : "auto",
  };
}

export function ofLink(
  link: Link,
  state: State,
  near: ReadonlySet<string> | null,
  colours: Palette,
): Attributes {
  const chosen = state.link === link.id;
  const onPath = state.path.includes(link.subject) && state.path.includes(link.object);
  const faded =
    near !== null && !(near.has(link.subject) && near.has(link.object) && touches(state, link));
  const marked = chosen || onPath;
  const color = marked || link.status === "denied" ? colours.chosen : colours.family[family(link.type)];
  const stroke = STROKE[link.status];
  return {
    label: `${w.relation[link.type]}${link.status === "asserted" ? "" : ` (${w.status[link.status]})`}`,
    size: width(link) + (marked ? 1.2 : 0),
    color,
    opacity: faded ? 0.25 : 1,
    head: link.type === "PARTNERED_WITH" ? "none" : "arrow",
    named: marked,
    weight: 1,
    dash: stroke.dash,
    // A whole line has gaps of its own colour: sigma leaves out a line whose gaps are nothing.
    gap: stroke.gap || 4,
    gapColor: stroke.gap ? "#00000000" : color,
  };
}

function mix(colour: string, other: string, share: number): string {
  const channel = (text: string, at: number): number => parseInt(text.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share),
  );
  return `rgb(${mixed.join(",")})`;
}
