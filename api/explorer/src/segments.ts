// A text cut where its marks begin and end, so that overlapping marks can be shown.

export interface Mark {
  start: number;
  end: number;
  /** The lower layer lies under the others, such as a quote under the names in it. */
  layer: "claim" | "entity";
  id: string;
}

export interface Segment {
  text: string;
  start: number;
  claims: string[];
  entity: string | null;
}

/** Places are in code points; marks that lie outside of the text are cut to it. */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const points = [...text];
  const cuts = new Set([0, points.length]);
  for (const { start, end } of marks) {
    if (start < end) for (const at of [start, end]) cuts.add(Math.min(points.length, Math.max(0, at)));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const on = marks.filter((mark) => mark.start <= start && mark.end > start);
    return {
      text: points.slice(start, places[i + 1]).join(""),
      start,
      claims: on.filter(({ layer }) => layer === "claim").map(({ id }) => id),
      entity: on.find(({ layer }) => layer === "entity")?.id ?? null,
    };
  });
}
