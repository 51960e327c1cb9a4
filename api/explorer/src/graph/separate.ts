// Moves nodes apart until neither they nor their labels overlap.

const LINE = 17; // pixels of a label below its node
const MARGIN = 5;
const PASSES = 90;

/**
 * Changes `positions` (x, y of each node) in place.
 *
 * `nodes` holds five numbers a node: x, y, size, half the width of the label, 1 when it must stay.
 * How many pixels a unit is follows from the stage, which the whole must fit into.
 */
export function separate(
  positions: Float64Array,
  nodes: Float64Array,
  stage: readonly [number, number],
): void {
  const order = positions.length / 2;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const unit = pixelsPerUnit(positions, stage);
    let moved = false;
    for (let a = 0; a < order; a += 1) {
      for (let b = a + 1; b < order; b += 1) {
        moved = part(positions, nodes, a, b, unit) || moved;
      }
    }
    if (!moved) return;
  }
}

function pixelsPerUnit(positions: Float64Array, stage: readonly [number, number]): number {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    left = Math.min(left, positions[i]!);
    right = Math.max(right, positions[i]!);
    low = Math.min(low, positions[i + 1]!);
    high = Math.max(high, positions[i + 1]!);
  }
  return 0.85 * Math.min(stage[0] / Math.max(1e-6, right - left), stage[1] / Math.max(1e-6, high - low));
}

/** Push two boxes apart along the side where they overlap least; whether they did. */
function part(
  positions: Float64Array,
  nodes: Float64Array,
  a: number,
  b: number,
  unit: number,
): boolean {
  const [sizeA, sizeB] = [nodes[a * 5 + 2]!, nodes[b * 5 + 2]!];
  const halfA = Math.max(sizeA, nodes[a * 5 + 3]!);
  const halfB = Math.max(sizeB, nodes[b * 5 + 3]!);
  const dx = (positions[b * 2]! - positions[a * 2]!) * unit;
  const dy = (positions[b * 2 + 1]! - positions[a * 2 + 1]!) * unit;
  const overX = halfA + halfB + MARGIN - Math.abs(dx);
  // A label hangs below its node (towards smaller y): of two boxes, the upper one has it between.
  const overY = sizeA + sizeB + LINE + MARGIN - Math.abs(dy);
  if (overX <= 0 || overY <= 0) return false;
  const [stays, other] = [nodes[a * 5 + 4] === 1, nodes[b * 5 + 4] === 1];
  if (stays && other) return false;
  const shareA = stays ? 0 : other ? 1 : 0.5;
  const axis = overY <= overX ? 1 : 0;
  const over = ((axis ? overY : overX) * 0.6 + 0.5) / unit;
  const way = (axis ? dy : dx) >= 0 ? 1 : -1;
  positions[a * 2 + axis]! -= way * over * shareA;
  positions[b * 2 + axis]! += way * over * (1 - shareA);
  return true;
}
