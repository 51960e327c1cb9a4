import { describe, expect, it } from "vitest";
import { Library, bySupport, leaves, passes, span } from "../src/library";
import { START, type State, UNFILTERED } from "../src/state";
import type { Entity, Link } from "../src/types";

const entity = (id: string, kind: Entity["kind"] = "Person"): Entity => ({ id, name: id, kind });
const link = (id: string, subject: string, object: string, more: Partial<Link> = {}): Link => ({
  id,
  type: "HIRED_BY",
  subject,
  object,
  status: "asserted",
  contested: false,
  role: null,
  amount: null,
  start: null,
  end: null,
  sources: 1,
  claims: 1,
  first_reported: "2025-06-01",
  last_reported: "2025-07-01",
  ...more,
});
const filtered = (change: Partial<State["filters"]>): State => ({
  ...START,
  filters: { ...UNFILTERED, ...change },
});

describe("a link", () => {
  it.each<[string, Partial<Link>, State, boolean]>([
    ["passes without filters", {}, START, true],
    ["is off when denied", { status: "denied" }, START, false],
    ["is on when denied is asked for", { status: "denied" }, filtered({ statuses: ["denied"] }), true],
    ["needs its relation", {}, filtered({ relations: ["LEADS"] }), false],
    ["needs its sources", {}, filtered({ sources: 2 }), false],
    ["is in a period that it overlaps", {}, filtered({ from: "2025-06-30", to: "2025-08-01" }), true],
    ["is not in a later period", {}, filtered({ from: "2025-07-02" }), false],
    ["is not in an earlier period", {}, filtered({ to: "2025-05-31" }), false],
    ["undated is in no period", { first_reported: null, last_reported: null }, filtered({ from: "2020-01-01" }), false],
    ["undated in valid time holds on every day", {}, { ...START, day: "1999-01-01" }, true],
    ["holds from its start", { start: { earliest: "2025-06-01", latest: null } }, { ...START, day: "2025-05-31" }, false],
    ["holds to its end", { end: { earliest: null, latest: "2025-06-01" } }, { ...START, day: "2025-06-01" }, true],
    ["does not hold after it", { end: { earliest: null, latest: "2025-06-01" } }, { ...START, day: "2025-06-02" }, false],
    ["is known from its first report", {}, { ...START, day: "2025-06-01", clock: "known" }, true],
    ["is not known before", {}, { ...START, day: "2025-05-31", clock: "known" }, false],
  ])("%s", (_, more, state, expected) => {
    expect(passes(link("l", "a", "b", more), state)).toBe(expected);
  });
});

describe("what is shown", () => {
  const library = new Library();
  library.add({
    entities: [entity("a"), entity("b"), entity("c", "Company"), entity("d")],
    relationships: [
      link("1", "a", "c"),
      link("2", "b", "c", { sources: 3 }),
      link("3", "d", "c"),
      link("4", "a", "b"),
    ],
  });

  it("is what is on screen and joins it, the best supported first", () => {
    const shown = library.shown(START, ["a", "b", "c", "unknown"]);
    expect(shown.entities.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(shown.links.map(({ id }) => id)).toEqual(["2", "1", "4"]);
  });

  it("is as the press had told it by a day, where that was asked", () => {
    const then = [link("2", "b", "c", { status: "hedged" }), link("5", "x", "c")];
    const state: State = { ...START, day: "2025-01-01", clock: "known" };
    expect(library.shown(state, ["a", "b", "c"], then).links).toEqual([then[0]]);
    expect(library.shown(state, ["a", "b", "c"]).links).toEqual([]);
  });

  it("leaves out what is hidden or of another kind, with its links", () => {
    const state = { ...filtered({ kinds: ["Person"] }), hidden: ["b"] };
    expect(library.shown(state, ["a", "b", "c"])).toEqual({ entities: [entity("a")], links: [] });
  });

  it("loses the leaves of an entity that collapses, but for those that are kept", () => {
    const shown = library.shown(START, ["a", "b", "c", "d"]);
    expect(leaves("c", shown, new Set(["c"]))).toEqual(["d"]);
    expect(leaves("c", shown, new Set(["c", "d"]))).toEqual([]);
  });
});

describe("days", () => {
  it("span what the links speak of", () => {
    const links = [
      link("1", "a", "b", { start: { earliest: "2020-01-01", latest: null } }),
      link("2", "a", "b", { end: { earliest: null, latest: "2026-02-01" } }),
    ];
    expect(span(links, "valid")).toEqual(["2020-01-01", "2026-02-01"]);
    expect(span(links, "known")).toEqual(["2025-06-01", "2025-07-01"]);
    expect(span([], "known")).toBeNull();
  });

  it("break ties of support, and ids the rest", () => {
    const ids = [link("b", "x", "y"), link("a", "x", "y"), link("c", "x", "y", { last_reported: "2026-01-01" })]
      .sort(bySupport)
      .map(({ id }) => id);
    expect(ids).toEqual(["c", "a", "b"]);
  });
});
