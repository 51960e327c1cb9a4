// The state of the page, and the address that holds all of it.

import { KINDS, RELATIONS, STATUSES, type Kind, type Relation, type Status } from "./types";

export const VIEWS = ["graph", "table", "flows", "money", "read"] as const;
export type View = (typeof VIEWS)[number];

export interface Filters {
  kinds: Kind[];
  relations: Relation[];
  statuses: Status[];
  sources: number;
  from: string | null;
  to: string | null;
}

export interface State {
  view: View;
  /** Ids on screen; null is the first sight, "whole" the whole graph. */
  nodes: string[] | null | "whole";
  chosen: string[];
  link: string | null;
  hidden: string[];
  pinned: Record<string, [number, number]>;
  path: string[];
  filters: Filters;
  day: string | null;
  clock: "valid" | "known";
}

/** What is denied is not shown until it is asked for. */
export const UNFILTERED: Filters = {
  kinds: [...KINDS],
  relations: [...RELATIONS],
  statuses: STATUSES.filter((status) => status !== "denied"),
  sources: 0,
  from: null,
  to: null,
};

export const START: State = {
  view: "graph",
  nodes: null,
  chosen: [],
  link: null,
  hidden: [],
  pinned: {},
  path: [],
  filters: UNFILTERED,
  day: null,
  clock: "valid",
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const list = (ids: readonly string[]): string => ids.map(encodeURIComponent).join(",");
const unlist = (text: string | null): string[] =>
  text ? [...new Set(text.split(",").filter(Boolean).map(decode))] : [];

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The state as the fragment of an address; what is as at the start is left out. */
export function write(state: State): string {
  const parts: [string, string][] = [];
  const put = (name: string, value: string): void => {
    if (value) parts.push([name, value]);
  };
  if (state.view !== "graph") put("v", state.view);
  if (state.nodes === "whole") put("n", "*");
  else if (state.nodes) put("n", list(state.nodes) || "-");
  put("c", list(state.chosen));
  put("l", state.link ? encodeURIComponent(state.link) : "");
  put("h", list(state.hidden));
  put(
    "p",
    Object.entries(state.pinned)
      .map(([id, [x, y]]) => `${encodeURIComponent(id)}:${x.toFixed(1)}:${y.toFixed(1)}`)
      .join(","),
  );
  put("path", list(state.path));
  const { filters } = state;
  if (filters.kinds.length < KINDS.length) put("k", filters.kinds.join(",") || "-");
  if (filters.relations.length < RELATIONS.length) put("r", filters.relations.join(",") || "-");
  if (filters.statuses.join() !== UNFILTERED.statuses.join()) {
    put("s", filters.statuses.join(",") || "-");
  }
  if (filters.sources > 0) put("min", String(filters.sources));
  put("from", filters.from ?? "");
  put("to", filters.to ?? "");
  put("d", state.day ?? "");
  if (state.clock !== "valid") put("t", state.clock);
  return parts.map(([name, value]) => `${name}=${value}`).join("&");
}

/** The state that a fragment holds; what is not understood is as at the start. */
export function read(fragment: string): State {
  const held = new Map(
    fragment
      .replace(/^#/, "")
      .split("&")
      .map((part) => {
        const at = part.indexOf("=");
        return [part.slice(0, at), part.slice(at + 1)] as const;
      }),
  );
  const get = (name: string): string | null => held.get(name) ?? null;
  const some = <T extends string>(name: string, all: readonly T[], otherwise: readonly T[]): T[] => {
    const text = get(name);
    if (text === null) return [...otherwise];
    const named = new Set(text.split(","));
    return all.filter((each) => named.has(each));
  };
  const date = (name: string): string | null => {
    const text = get(name);
    return text && DAY.test(text) ? text : null;
  };
  const view = get("v");
  const nodes = get("n");
  return {
    view: VIEWS.find((each) => each === view) ?? "graph",
    nodes: !nodes ? null : nodes === "*" ? "whole" : nodes === "-" ? [] : unlist(nodes),
    chosen: unlist(get("c")).slice(0, 2),
    link: unlist(get("l"))[0] ?? null,
    hidden: unlist(get("h")),
    pinned: pins(get("p")),
    path: unlist(get("path")),
    filters: {
      kinds: some("k", KINDS, UNFILTERED.kinds),
      relations: some("r", RELATIONS, UNFILTERED.relations),
      statuses: some("s", STATUSES, UNFILTERED.statuses),
      sources: Math.min(1000, Math.max(0, Math.trunc(Number(get("min")) || 0))),
      from: date("from"),
      to: date("to"),
    },
    day: date("d"),
    clock: get("t") === "known" ? "known" : "valid",
  };
}

function pins(text: string | null): Record<string, [number, number]> {
  const found: Record<string, [number, number]> = {};
  for (const part of text?.split(",") ?? []) {
    const [id, x, y] = part.split(":");
    const at: [number, number] = [Number(x), Number(y)];
    if (id && x && y && at.every(Number.isFinite)) found[decode(id)] = at;
  }
  return found;
}

/** How many groups of filters let less through than at the start. */
export function activeFilters(filters: Filters): number {
  return [
    filters.kinds.length < KINDS.length,
    filters.relations.length < RELATIONS.length,
    filters.statuses.join() !== UNFILTERED.statuses.join(),
    filters.sources > 0,
    filters.from !== null || filters.to !== null,
  ].filter(Boolean).length;
}
