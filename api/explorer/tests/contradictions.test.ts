import { describe, expect, it } from "vitest";
import { contradictions, differ } from "../src/contradictions";
import type { Amount, Evidence } from "../src/types";

const sum = (value: number, more: Partial<Amount> = {}): Amount => ({
  value,
  currency: "EUR",
  bound: "exact",
  purpose: null,
  ...more,
});
const claim = (id: string, amount: Amount | null, status: Evidence["status"] = "asserted"): Evidence =>
  ({ id, amount, status }) as Evidence;

describe("two amounts", () => {
  it.each<[string, Amount, Amount, boolean]>([
    ["differ", sum(10), sum(14), true],
    ["are the same", sum(10), sum(10), false],
    ["are about the same", sum(10), sum(10.5, { bound: "about" }), false],
    ["are far from about the same", sum(10), sum(14, { bound: "about" }), true],
    ["agree when the greater one is above the least", sum(10, { bound: "at_least" }), sum(14), false],
    ["differ when the other is below the least", sum(10, { bound: "at_least" }), sum(8), true],
    ["agree when the smaller one is below the most", sum(10, { bound: "at_most" }), sum(8), false],
    ["are not set against each other in two currencies", sum(10), sum(14, { currency: "USD" }), false],
    ["nor when they are of two things", sum(10, { purpose: "investment" }), sum(14, { purpose: "valuation" }), false],
  ])("%s", (_, a, b, expected) => {
    expect(differ(a, b)).toBe(expected);
    expect(differ(b, a)).toBe(expected);
  });
});

describe("claims", () => {
  const ids = (claims: Evidence[]): string[] => claims.map(({ id }) => id);

  it("that agree have no sides", () => {
    expect(contradictions([claim("1", sum(10)), claim("2", null), claim("3", sum(10))])).toBeNull();
    expect(contradictions([claim("1", null, "denied")])).toBeNull();
  });

  it("take sides by their amounts, the fullest side first; who tells none takes none", () => {
    const all = [claim("1", sum(14)), claim("2", sum(10)), claim("3", null), claim("4", sum(10))];
    const found = contradictions(all)!;
    expect(found.amounts).toBe(true);
    expect(found.sides.map(({ claims }) => ids(claims))).toEqual([["2", "4"], ["1"]]);
    expect(ids(found.rest)).toEqual(["3"]);
  });

  it("that deny stand against the others, whatever these say that it cost", () => {
    const all = [claim("1", null), claim("2", null, "denied")];
    expect(contradictions(all)!.sides.map(({ denies, claims }) => [denies, ids(claims)])).toEqual([
      [false, ["1"]],
      [true, ["2"]],
    ]);
    const three = [claim("1", sum(10)), claim("2", sum(14), "hedged"), claim("3", null, "denied")];
    const [pro, against] = contradictions(three)!.sides;
    expect([pro!.sums, pro!.claims.length, against!.denies]).toEqual([[sum(10), sum(14)], 2, true]);
    expect(contradictions(three)!.amounts).toBe(false);
  });
});
