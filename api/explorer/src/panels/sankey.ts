// Where the bars and ribbons of the flows lie.

export interface Stream {
  from: string;
  to: string;
  count: number;
}

export interface Bar {
  id: string;
  y: number;
  height: number;
  count: number;
}

export interface Ribbon extends Stream {
  y0: number;
  y1: number;
  height: number;
}

const GAP = 14;
const LEAST = 16; // pixels of a bar: its label must fit

/** Two columns of bars with ribbons between them; `unit` pixels for one person. */
export function sankey(
  streams: readonly Stream[],
  unit: number,
): { left: Bar[]; right: Bar[]; ribbons: Ribbon[]; height: number } {
  const left = column(streams, "from", unit);
  const right = column(streams, "to", unit);
  const taken = new Map<string, number>();
  const take = (side: string, bar: Bar, count: number): number => {
    const key = `${side} ${bar.id}`;
    const used = taken.get(key) ?? 0;
    taken.set(key, used + count * unit);
    // Ribbons lie in the middle of a bar that is higher than they need.
    return bar.y + (bar.height - bar.count * unit) / 2 + used;
  };
  const place = new Map(right.map((bar, i) => [bar.id, i]));
  const start = new Map(left.map((bar, i) => [bar.id, i]));
  const ribbons = [...streams]
    .sort((a, b) => start.get(a.from)! - start.get(b.from)! || place.get(a.to)! - place.get(b.to)!)
    .map((stream) => ({
      ...stream,
      height: stream.count * unit,
      y0: take("left", left[start.get(stream.from)!]!, stream.count),
      y1: take("right", right[place.get(stream.to)!]!, stream.count),
    }));
  return { left, right, ribbons, height: Math.max(bottom(left), bottom(right)) };
}

function column(streams: readonly Stream[], end: "from" | "to", unit: number): Bar[] {
  const counts = new Map<string, number>();
  for (const stream of streams) counts.set(stream[end], (counts.get(stream[end]) ?? 0) + stream.count);
  let y = 0;
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([id, count]) => {
      const height = Math.max(LEAST, count * unit);
      const bar = { id, y, height, count };
      y += height + GAP;
      return bar;
    });
}

const bottom = (bars: readonly Bar[]): number => {
  const last = bars.at(-1);
  return last ? last.y + last.height : 0;
};
