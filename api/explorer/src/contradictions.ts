// Where the claims on one relationship contradict each other: some deny it, or the amounts differ.

import type { Amount, Evidence } from "./types";

export interface Side {
  denies: boolean;
  /** What the side says that it cost; more than one where it does not agree on that itself. */
  sums: Amount[];
  claims: Evidence[];
}

export interface Contradiction {
  sides: Side[];
  /** Whether it is only about amounts. */
  amounts: boolean;
  /** Claims that take no side. */
  rest: Evidence[];
}

/** Share by which two amounts may differ when one is not exact. */
const ABOUT = 0.1;

/** Whether two amounts cannot both be so: of the same thing, in the same money. */
export function differ(a: Amount, b: Amount): boolean {
  if (a.currency !== b.currency || (a.purpose && b.purpose && a.purpose !== b.purpose)) return false;
  if (a.bound === "at_least" && b.bound === "at_least") return false;
  if (a.bound === "at_most" && b.bound === "at_most") return false;
  const [low, high] = [Math.min(a.value, b.value), Math.max(a.value, b.value)];
  const near = a.bound === "about" || b.bound === "about" ? high * ABOUT : 0;
  if (high - low <= near) return false;
  const [lower, higher] = a.value < b.value ? [a, b] : [b, a];
  return lower.bound !== "at_least" && higher.bound !== "at_most";
}

/** The sides, the newest claim first in each and the fullest side first; null when all agree. */
export function contradictions(claims: readonly Evidence[]): Contradiction | null {
  const against = claims.filter(({ status }) => status === "denied");
  const pro = claims.filter(({ status }) => status !== "denied");
  const priced: Side[] = [];
  for (const claim of pro) {
    const sum = claim.amount;
    if (!sum) continue;
    const same = priced.find((side) => side.claims.every((one) => !differ(one.amount!, sum)));
    if (same) same.claims.push(claim);
    else priced.push({ denies: false, sums: [sum], claims: [claim] });
  }
  priced.sort((a, b) => b.claims.length - a.claims.length);
  if (against.length && pro.length) {
    const sums = priced.length > 1 ? priced.flatMap((side) => side.sums) : [];
    const sides = [
      { denies: false, sums, claims: pro },
      { denies: true, sums: [], claims: against },
    ];
    return { sides, amounts: false, rest: [] };
  }
  if (priced.length < 2) return null;
  return { sides: priced, amounts: true, rest: pro.filter(({ amount }) => !amount) };
}
