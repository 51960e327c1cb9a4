// What is on screen as tables: the same subgraph for those who read rather than look.

import { button, h, portion, refill } from "../dom";
import type { Explorer } from "../explorer";
import type { Entity } from "../types";
import { amount, day, w } from "../words";
import { kindMark, statusTag } from "./marks";

const AT_ONCE = 250;

export function renderTable(panel: HTMLElement, explorer: Explorer): void {
  const { entities, links } = explorer.shown;
  const degree = new Map<string, number>();
  for (const link of links) {
    for (const id of [link.subject, link.object]) degree.set(id, (degree.get(id) ?? 0) + 1);
  }
  refill(
    panel,
    table(
      `${w.table.caption} (${links.length})`,
      [w.table.subject, w.table.relation, w.table.object, w.table.status, w.table.sources, w.table.last, w.table.why],
      links,
      (link) => [
        name(explorer.library.entities.get(link.subject), explorer, link.id),
        [w.relation[link.type], link.amount && ` (${amount(link.amount)})`].filter(Boolean).join(""),
        name(explorer.library.entities.get(link.object), explorer, link.id),
        statusTag(link),
        String(link.sources),
        link.last_reported ? day(link.last_reported) : w.date.undated,
        button(w.table.why, () => explorer.chooseLink(link.id), {
          "data-key": `why-${link.id}`,
          "aria-label": `${w.table.why} ${explorer.library.name(link.subject)} ${w.relation[link.type]} ${explorer.library.name(link.object)}`,
        }),
      ],
    ),
    table(
      `${w.table.entities} (${entities.length})`,
      [w.table.name, w.table.kind, w.table.count],
      [...entities]
        .sort((a, b) => (degree.get(b.id) ?? 0) - (degree.get(a.id) ?? 0) || a.name.localeCompare(b.name))
        .map((entity) => ({ entity, count: degree.get(entity.id) ?? 0 })),
      ({ entity, count }) => [name(entity, explorer, "entities"), w.kind[entity.kind], String(count)],
    ),
  );
}

/** A table of the items, the first of them and more when asked; a row begins with what it is about. */
export function table<T>(
  caption: string,
  head: string[],
  items: readonly T[],
  cells: (item: T) => (Node | string)[],
): HTMLElement {
  const [body, below] = [h("tbody", {}), h("p", {})];
  const row = (item: T): HTMLElement => {
    const [first, ...rest] = cells(item);
    return h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((each) => h("td", {}, each)));
  };
  portion(caption, body, below, items, AT_ONCE, row, w.more);
  return h(
    "div",
    { class: "scrolls", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...head.map((each) => h("th", { scope: "col" }, each)))),
      body,
    ),
    below,
  );
}

function name(entity: Entity | undefined, explorer: Explorer, where: string): Node | string {
  if (!entity) return "";
  return h(
    "button",
    {
      type: "button",
      class: "name",
      "data-key": `name-${where}-${entity.id}`,
      onclick: () => explorer.choose(entity.id),
    },
    kindMark(entity.kind),
    entity.name,
  );
}
