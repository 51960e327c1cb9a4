// A treemap: rectangles whose areas are the values, as near to squares as a strip of them allows.

export interface Tile<T> {
  item: T;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The tiles of the items, the greatest first, filling the given rectangle. */
export function treemap<T>(
  items: readonly T[],
  value: (item: T) => number,
  width: number,
  height: number,
): Tile<T>[] {
  const sorted = items.filter((item) => value(item) > 0).sort((a, b) => value(b) - value(a));
  const total = sorted.reduce((sum, item) => sum + value(item), 0);
  const scale = total ? (width * height) / total : 0;
  const tiles: Tile<T>[] = [];
  let [x, y, wide, tall] = [0, 0, width, height];
  let rest = sorted;
  while (rest.length) {
    const side = Math.min(wide, tall);
    const strip = bestStrip(rest.map((item) => value(item) * scale), side);
    const area = rest.slice(0, strip).reduce((sum, item) => sum + value(item) * scale, 0);
    const depth = side > 0 ? area / side : 0;
    let along = 0;
    for (const item of rest.slice(0, strip)) {
      const length = depth > 0 ? (value(item) * scale) / depth : 0;
      tiles.push(
        wide >= tall
          ? { item, x, y: y + along, width: depth, height: length }
          : { item, x: x + along, y, width: length, height: depth },
      );
      along += length;
    }
    if (wide >= tall) [x, wide] = [x + depth, wide - depth];
    else [y, tall] = [y + depth, tall - depth];
    rest = rest.slice(strip);
  }
  return tiles;
}

/** How many of the first areas make the strip whose worst tile is the squarest. */
function bestStrip(areas: readonly number[], side: number): number {
  let best = 1;
  let least = Infinity;
  let sum = 0;
  for (let n = 1; n <= areas.length; n += 1) {
    sum += areas[n - 1]!;
    const depth = sum / side;
    const worst = Math.max(
      ...areas.slice(0, n).map((area) => {
        const length = area / depth;
        return Math.max(length / depth, depth / length);
      }),
    );
    if (worst > least) break;
    [least, best] = [worst, n];
  }
  return best;
}
