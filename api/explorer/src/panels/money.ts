// Investments and acquisitions by amount: a treemap for each currency, and a table.

import { api } from "../api";
import { fill, h, s } from "../dom";
import type { Explorer } from "../explorer";
import type { Link, Picture } from "../types";
import { amount, w } from "../words";
import { guarded } from "./guarded";
import { statusTag } from "./marks";
import { table } from "./table";
import { treemap } from "./treemap";

const [WIDE, TALL] = [900, 420];

export function renderMoney(panel: HTMLElement, explorer: Explorer): void {
  guarded(panel, api.deals, (picture) => {
    explorer.library.add(picture);
    const names = new Map(picture.entities.map(({ id, name }) => [id, name]));
    const known = picture.relationships.filter((link) => link.amount && link.amount.purpose !== "valuation");
    const unknown = picture.relationships.length - known.length;
    const byCurrency = new Map<string, Link[]>();
    for (const link of known) {
      const { currency } = link.amount!;
      byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), link]);
    }
    const maps = [...byCurrency].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
    fill(
      panel,
      h("h2", {}, w.money.title),
      h("p", { class: "quiet" }, w.money.text),
      known.length === 0 && h("p", {}, w.money.none),
      ...maps.flatMap(([currency, links]) => [h("h3", {}, currency), map(links, names, explorer)]),
      unknown > 0 && h("p", { class: "quiet" }, w.money.unknown(unknown)),
      known.length > 0 && asTable(known, names, explorer),
    );
  });
}

function show(link: Link, explorer: Explorer): void {
  void explorer.open([link.subject, link.object], { link: link.id });
}

function map(links: Link[], names: Map<string, string>, explorer: Explorer): HTMLElement {
  const tiles = treemap(links, (link) => link.amount!.value, WIDE, links.length > 2 ? TALL : TALL / 2.2);
  return h(
    "figure",
    // The table below says the same in words.
    { class: "treemap", "aria-hidden": "true" },
    s(
      "svg",
      { viewBox: `0 0 ${WIDE} ${links.length > 2 ? TALL : TALL / 2.2}` },
      ...tiles.map(({ item, x, y, width, height }) => {
        const room = Math.floor(width / 8) - 2;
        const lines =
          height > 56 && room > 7
            ? [names.get(item.object) ?? "", names.get(item.subject) ?? "", amount(item.amount) ?? ""]
            : height > 22 && room > 5
              ? [names.get(item.object) ?? ""]
              : [];
        return s(
          "g",
          { class: `tile status-${item.status}`, onclick: () => show(item, explorer) },
          s("rect", { x: x + 1, y: y + 1, width: Math.max(1, width - 2), height: Math.max(1, height - 2), rx: 3 }),
          ...lines.map((line, i) =>
            s("text", { x: x + 9, y: y + 20 + i * 18, class: i ? "" : "name" }, line.length > room ? `${line.slice(0, room - 1)}…` : line),
          ),
          s("title", {}, `${names.get(item.subject)} → ${names.get(item.object)} : ${amount(item.amount)}`),
        );
      }),
    ),
  );
}

function asTable(links: Picture["relationships"], names: Map<string, string>, explorer: Explorer): HTMLElement {
  const sorted = [...links].sort(
    (a, b) => a.amount!.currency.localeCompare(b.amount!.currency) || b.amount!.value - a.amount!.value,
  );
  return table(
    w.money.title,
    [w.money.investor, w.table.relation, w.money.target, w.money.amount, w.table.status, w.table.sources, w.table.why],
    sorted,
    (link) => [
      names.get(link.subject) ?? "",
      w.relation[link.type],
      names.get(link.object) ?? "",
      amount(link.amount) ?? "",
      statusTag(link),
      String(link.sources),
      h(
        "button",
        {
          type: "button",
          "aria-label": `${w.table.why} ${names.get(link.subject)} → ${names.get(link.object)}`,
          onclick: () => show(link, explorer),
        },
        w.table.why,
      ),
    ],
  );
}
