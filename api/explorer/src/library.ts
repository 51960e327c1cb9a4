// All that has been fetched, and what of it a state shows.

import type { State } from "./state";
import type { Entity, Link, Picture } from "./types";

export interface Shown {
  entities: Entity[];
  links: Link[];
}

export class Library {
  readonly entities = new Map<string, Entity>();
  readonly links = new Map<string, Link>();
  private ranked: Link[] | null = null;

  add(picture: Picture): void {
    this.ranked = null;
    for (const entity of picture.entities) this.entities.set(entity.id, entity);
    for (const link of picture.relationships) this.links.set(link.id, link);
  }

  clear(): void {
    this.entities.clear();
    this.links.clear();
    this.ranked = null;
  }

  /** All links, the best supported first. */
  private inOrder(): Link[] {
    return (this.ranked ??= [...this.links.values()].sort(bySupport));
  }

  name(id: string): string {
    return this.entities.get(id)?.name ?? id;
  }

  /**
   * What is on screen: entities that are not hidden, links between them that pass the filters.
   *
   * `then` are the links as the press had told them by the day of the state, where that was asked.
   */
  shown(state: State, ids: readonly string[], then: readonly Link[] | null = null): Shown {
    const hidden = new Set(state.hidden);
    const kinds = new Set(state.filters.kinds);
    const entities = ids.flatMap((id) => {
      const entity = this.entities.get(id);
      return entity && !hidden.has(id) && kinds.has(entity.kind) ? [entity] : [];
    });
    const on = new Set(entities.map((entity) => entity.id));
    const asked = then ? { ...state, day: null } : state;
    const links = (then ? [...then].sort(bySupport) : this.inOrder()).filter(
      (link) => on.has(link.subject) && on.has(link.object) && passes(link, asked),
    );
    return { entities, links };
  }
}

/** Whether a link passes the filters, the slider of time included. */
export function passes(link: Link, { filters, day, clock }: State): boolean {
  return (
    filters.relations.includes(link.type) &&
    filters.statuses.includes(link.status) &&
    link.sources >= filters.sources &&
    reportedWithin(link, filters.from, filters.to) &&
    (day === null || (clock === "valid" ? heldOn(link, day) : knownOn(link, day)))
  );
}

function reportedWithin(link: Link, from: string | null, to: string | null): boolean {
  if (from !== null && (link.last_reported === null || link.last_reported < from)) return false;
  return to === null || (link.first_reported !== null && link.first_reported <= to);
}

/** It may have held on that day: an end that nobody dated leaves that side open. */
function heldOn(link: Link, day: string): boolean {
  const began = link.start?.earliest ?? link.start?.latest ?? null;
  const ended = link.end?.latest ?? link.end?.earliest ?? null;
  return (began === null || began <= day) && (ended === null || ended >= day);
}

const knownOn = (link: Link, day: string): boolean =>
  link.first_reported !== null && link.first_reported <= day;

/** The best supported first, then the latest; ids make the order one and the same each time. */
export function bySupport(a: Link, b: Link): number {
  return (
    b.sources - a.sources ||
    b.claims - a.claims ||
    compare(b.last_reported ?? "", a.last_reported ?? "") ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The days that the links speak of, the earliest and the latest; null where none is dated. */
export function span(links: Iterable<Link>, clock: State["clock"]): [string, string] | null {
  let first: string | null = null;
  let last: string | null = null;
  for (const link of links) {
    const days =
      clock === "known"
        ? [link.first_reported, link.last_reported]
        : [
            link.start?.earliest,
            link.start?.latest,
            link.end?.earliest,
            link.end?.latest,
            link.last_reported,
          ];
    for (const day of days) {
      if (!day) continue;
      if (first === null || day < first) first = day;
      if (last === null || day > last) last = day;
    }
  }
  return first !== null && last !== null ? [first, last] : null;
}

/** Entities that would be left hanging without this one: what collapsing takes off the screen. */
export function leaves(of: string, shown: Shown, keep: ReadonlySet<string>): string[] {
  const partners = new Map<string, Set<string>>();
  for (const { subject, object } of shown.links) {
    for (const [one, other] of [
      [subject, object],
      [object, subject],
    ] as const) {
      let set = partners.get(one);
      if (!set) partners.set(one, (set = new Set()));
      set.add(other);
    }
  }
  return [...(partners.get(of) ?? [])].filter(
    (id) => !keep.has(id) && (partners.get(id)?.size ?? 0) === 1,
  );
}
