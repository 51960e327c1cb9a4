import { describe, expect, it } from "vitest";
import { START, type State, UNFILTERED, activeFilters, read, write } from "../src/state";

const FULL: State = {
  view: "table",
  nodes: ["company-meta", "product-disney~1,2&3"],
  chosen: ["company-meta"],
  link: "fact-00ff",
  hidden: ["person-a"],
  pinned: { "company-meta": [1.5, -20.3] },
  path: ["company-meta", "person-b"],
  filters: {
    kinds: ["Person"],
    relations: [],
    statuses: ["asserted", "denied"],
    sources: 2,
    from: "2025-01-01",
    to: "2025-12-31",
  },
  day: "2025-06-01",
  clock: "known",
};

describe("the address", () => {
  it("holds the whole state", () => {
    expect(read(`#${write(FULL)}`)).toEqual(FULL);
    expect(read(write({ ...FULL, nodes: "whole" })).nodes).toBe("whole");
    expect(read(write({ ...FULL, nodes: [] })).nodes).toEqual([]);
  });

  it("is empty at the start", () => {
    expect(write(START)).toBe("");
    expect(read("")).toEqual(START);
  });

  it.each([
    "v=nowhere&n=%&c=%zz&p=a:b:c,d:1,:2:3&from=today&min=-4&k=Robot&s=",
    "&&&===&#n&n=",
    "p=__proto__:1:2&min=1e400&d=2025-1-1",
  ])("of any text is a state that can be written again: %s", (text) => {
    const state = read(text);
    expect(read(write(state))).toEqual(state);
    expect(state.filters.sources).toBeGreaterThanOrEqual(0);
    expect(state.view).toBe("graph");
  });

  it("chooses two entities at most", () => {
    expect(read("c=a,b,c,a").chosen).toEqual(["a", "b"]);
  });
});

describe("filters", () => {
  it("are none at the start, when what is denied is off", () => {
    expect(activeFilters(UNFILTERED)).toBe(0);
    expect(UNFILTERED.statuses).not.toContain("denied");
  });

  it("are counted by what they are about", () => {
    expect(activeFilters(FULL.filters)).toBe(5);
  });
});
