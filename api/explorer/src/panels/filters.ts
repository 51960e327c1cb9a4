// The filters: kinds, relations, certainty, number of sources, period of the reports. What the lines
// and shapes mean is shown here, beside what switches them on and off.

import { button, h, refill } from "../dom";
import type { Explorer } from "../explorer";
import { family } from "../graph/look";
import { type Filters, UNFILTERED, activeFilters } from "../state";
import { KINDS, RELATIONS, STATUSES } from "../types";
import { w } from "../words";
import { kindMark, statusMark } from "./marks";

const MOST_SOURCES = 10;

export function renderFilters(panel: HTMLElement, explorer: Explorer): void {
  const { filters } = explorer.state;
  const set = (change: Partial<Filters>): void =>
    explorer.set({ filters: { ...filters, ...change }, path: [] });
  const active = activeFilters(filters);
  const old = panel.querySelector("details");
  refill(
    panel,
    h(
      "details",
      { open: old?.open ?? false },
      h(
        "summary",
        { "data-key": "filters" },
        w.filters.title,
        active > 0 && h("span", { class: "badge" }, w.filters.active(active)),
      ),
      checks(w.filters.kinds, KINDS, filters.kinds, (kinds) => set({ kinds }), (kind) => [
        kindMark(kind),
        w.kind[kind],
      ]),
      checks(w.filters.statuses, STATUSES, filters.statuses, (statuses) => set({ statuses }), (status) => [
        statusMark(status),
        w.status[status],
      ]),
      checks(w.filters.relations, RELATIONS, filters.relations, (relations) => set({ relations }), (relation) => [
        h("span", { class: `dot family-${family(relation)}` }),
        w.relation[relation],
      ]),
      h(
        "label",
        { class: "row" },
        w.filters.sources,
        h("input", {
          type: "number",
          min: 0,
          max: MOST_SOURCES,
          value: filters.sources,
          "data-key": "sources",
          onchange: (event: Event) =>
            set({ sources: Math.max(0, Number((event.target as HTMLInputElement).value) || 0) }),
        }),
      ),
      h(
        "fieldset",
        { class: "period" },
        h("legend", {}, w.filters.period),
        date(w.filters.from, "from", filters.from, (from) => set({ from })),
        date(w.filters.to, "to", filters.to, (to) => set({ to })),
      ),
      active > 0 && button(w.filters.reset, () => explorer.set({ filters: UNFILTERED }), { "data-key": "reset" }),
    ),
  );
}

function date(
  label: string,
  key: string,
  value: string | null,
  set: (value: string | null) => void,
): HTMLLabelElement {
  return h(
    "label",
    {},
    label,
    h("input", {
      type: "date",
      value: value ?? "",
      "data-key": key,
      onchange: (event: Event) => set((event.target as HTMLInputElement).value || null),
    }),
  );
}

function checks<T extends string>(
  title: string,
  all: readonly T[],
  on: readonly T[],
  set: (on: T[]) => void,
  label: (each: T) => (Node | string)[],
): HTMLFieldSetElement {
  return h(
    "fieldset",
    {},
    h("legend", {}, title),
    ...all.map((each) =>
      h(
        "label",
        { class: "check" },
        h("input", {
          type: "checkbox",
          checked: on.includes(each),
          "data-key": `check-${each}`,
          onchange: (event: Event) => {
            const { checked } = event.target as HTMLInputElement;
            set(all.filter((one) => (one === each ? checked : on.includes(one))));
          },
        }),
        ...label(each),
      ),
    ),
  );
}
