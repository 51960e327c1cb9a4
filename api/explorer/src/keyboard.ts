// The graph by keyboard: from an entity to the nearest one in a direction.

export interface Spot {
  id: string;
  x: number;
  y: number;
}

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The spot to go to from here, or null: near and straight ahead is best. */
export function next(spots: readonly Spot[], from: Spot | null, key: string): Spot | null {
  const way = WAYS[key];
  if (!way) return null;
  if (!from) return spots[0] ?? null;
  let best: Spot | null = null;
  let least = Infinity;
  for (const spot of spots) {
    if (spot.id === from.id) continue;
    const ahead = (spot.x - from.x) * way[0] + (spot.y - from.y) * way[1];
    if (ahead <= 0) continue;
    const aside = Math.abs((spot.x - from.x) * way[1]) + Math.abs((spot.y - from.y) * way[0]);
    const cost = ahead + 2 * aside;
    if (cost < least) [least, best] = [cost, spot];
  }
  return best;
}
