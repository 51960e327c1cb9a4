// The chosen entity: what it is, and what can be done with it. Two chosen: the path between them.

import { api } from "../api";
import { button, h, refill } from "../dom";
import type { Explorer } from "../explorer";
import type { Entity, EntityDetail } from "../types";
import { w } from "../words";
import { facts, item } from "./list";
import { kindMark } from "./marks";

const details = new Map<string, EntityDetail>();

export interface Places {
  of: (id: string) => [number, number] | null;
}

export function forgetEntities(): void {
  details.clear();
}

export function renderEntity(panel: HTMLElement, explorer: Explorer, places: Places): void {
  const chosen = explorer.state.chosen.flatMap((id) => explorer.library.entities.get(id) ?? []);
  const [first, second] = chosen;
  if (!first) return refill(panel);
  refill(
    panel,
    h(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": w.why.close,
        "data-key": "close",
        onclick: () => explorer.chooseNothing(),
      },
      "×",
    ),
    second ? pair(first, second, explorer) : one(first, explorer, places),
  );
}

function title(entity: Entity): HTMLElement {
  return h(
    "header",
    {},
    h("p", { class: "quiet kind" }, kindMark(entity.kind), w.kind[entity.kind]),
    h("h2", {}, entity.name),
  );
}

function one(entity: Entity, explorer: Explorer, places: Places): HTMLElement {
  const about = h("div", { class: "about-entity" });
  void describe(about, entity.id);
  const left = explorer.left.get(entity.id);
  const pinned = entity.id in explorer.state.pinned;
  const links = explorer.shown.links.filter(
    (link) => link.subject === entity.id || link.object === entity.id,
  );
  const act = (key: string, label: string, run: () => void, hint?: string): HTMLButtonElement =>
    button(label, run, { "data-key": key, title: hint });
  return h(
    "section",
    { class: "entity" },
    title(entity),
    about,
    h(
      "div",
      { class: "actions" },
      left === 0
        ? h("span", { class: "quiet" }, w.entity.all)
        : act(
            "expand",
            w.entity.expand,
            () => void explorer.expand(entity.id),
            w.entity.expandHint,
          ),
      left ? h("span", { class: "quiet" }, w.entity.more(left)) : null,
      act("collapse", w.entity.collapse, () => explorer.collapse(entity.id)),
      act("pin", pinned ? w.entity.unpin : w.entity.pin, () =>
        explorer.pin(entity.id, pinned ? null : places.of(entity.id)),
      ),
      act("hide", w.entity.hide, () => explorer.hide(entity.id)),
      act("only", w.entity.only, () => void explorer.around(entity.id)),
    ),
    h("p", { class: "quiet hint" }, w.entity.second),
    h("h3", {}, w.entity.relations),
    ...(links.length ? facts("entity", links, explorer) : [h("p", { class: "quiet" }, w.entity.none)]),
  );
}

/** What the graph knows of it, as soon as that has come. */
async function describe(about: HTMLElement, id: string): Promise<void> {
  const known = details.get(id);
  const detail = known ?? (await api.entity(id).catch(() => null));
  if (!detail) return;
  details.set(id, detail);
  about.append(
    h(
      "p",
      { class: "quiet" },
      [w.articles(detail.articles), w.sources(detail.sources), w.relations(detail.relationships)].join(" · "),
    ),
  );
  if (detail.aliases.length) {
    about.append(
      h("p", { class: "aliases" }, h("span", { class: "quiet" }, `${w.entity.aliases} : `), detail.aliases.slice(0, 8).join(", ")),
    );
  }
}

function pair(first: Entity, second: Entity, explorer: Explorer): HTMLElement {
  const answer = h("p", { role: "status" });
  const links = explorer.shown.links.filter(
    ({ subject, object }) =>
      [first.id, second.id].includes(subject) && [first.id, second.id].includes(object),
  );
  const { path } = explorer.state;
  const steps = path.slice(1).flatMap((id, i) => {
    const before = path[i];
    const link = explorer.shown.links.find(
      ({ subject, object }) =>
        (subject === before && object === id) || (subject === id && object === before),
    );
    return link ? [link] : [];
  });
  return h(
    "section",
    { class: "entity" },
    title(first),
    title(second),
    h(
      "div",
      { class: "actions" },
      button(
        w.entity.path,
        () =>
          void explorer.path().then((found) => {
            if (!found && !explorer.trouble) answer.textContent = w.entity.pathNone;
          }),
        { "data-key": "path", class: "primary" },
      ),
    ),
    answer,
    h("ol", { class: "facts" }, ...(steps.length ? steps : links).map((link) => item(link, explorer))),
  );
}
