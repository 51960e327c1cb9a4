// The list beside the graph: what is reported most, or what is on screen.

import { button, h, portion, refill } from "../dom";
import { type Explorer, loosened } from "../explorer";
import type { Link } from "../types";
import { amount, day, w } from "../words";
import { kindMark, statusTag } from "./marks";

const AT_ONCE = 100;

export function renderList(panel: HTMLElement, explorer: Explorer): void {
  const { shown, state, recent } = explorer;
  const first = state.nodes === null;
  const order = first && recent ? new Map(recent.relationships.map((link, i) => [link.id, i])) : null;
  const links = order
    ? shown.links
        .filter((link) => order.has(link.id))
        .sort((a, b) => order.get(a.id)! - order.get(b.id)!)
    : shown.links;
  refill(
    panel,
    h("h2", {}, first ? w.list.recent : w.list.screen),
    h("p", { class: "quiet" }, first ? period(explorer) : w.list.counts(shown.entities.length, shown.links.length)),
    ...(links.length ? facts("list", links, explorer) : [nothing(explorer)]),
  );
}

/** Relationships as a list, the first of them and more when asked. */
export function facts(name: string, links: readonly Link[], explorer: Explorer): HTMLElement[] {
  const [list, below] = [h("ol", { class: "facts" }), h("p", {})];
  portion(name, list, below, links, AT_ONCE, (link) => item(link, explorer), w.more);
  return [list, below];
}

function period({ recent }: Explorer): string {
  if (!recent?.since || !recent.until) return w.list.ever;
  return w.list.period(day(recent.since), day(recent.until));
}

function nothing(explorer: Explorer): HTMLElement {
  return h(
    "div",
    { class: "nothing" },
    h("p", {}, w.list.nothing),
    button(w.list.loosen, () => explorer.set(loosened(explorer.state))),
  );
}

/** One relationship in a line; a click asks why it is there. */
export function item(link: Link, explorer: Explorer): HTMLLIElement {
  const chosen = explorer.state.link === link.id;
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "fact",
        "data-key": `fact-${link.id}`,
        "aria-pressed": String(chosen),
        onclick: () => explorer.chooseLink(link.id),
      },
      sentence(link, explorer),
      h(
        "span",
        { class: "about" },
        statusTag(link),
        link.amount && h("span", {}, amount(link.amount)),
        h("span", {}, w.sourcesShort(link.sources)),
        link.last_reported && h("span", {}, day(link.last_reported)),
      ),
    ),
  );
}

/** Who, what, whom. */
export function sentence(link: Link, { library }: Explorer): HTMLSpanElement {
  const end = (id: string): HTMLSpanElement => {
    const entity = library.entities.get(id);
    return h("span", { class: "end" }, entity && kindMark(entity.kind), entity?.name ?? id);
  };
  return h(
    "span",
    { class: "sentence" },
    end(link.subject),
    " ",
    h("em", {}, w.relation[link.type]),
    " ",
    end(link.object),
  );
}
