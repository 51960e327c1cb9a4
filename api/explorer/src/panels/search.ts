// The search box: suggestions as one types, by name and alias; a combobox to assistive technology.

import { ApiError, api } from "../api";
import { fill, h } from "../dom";
import type { Hit } from "../types";
import { w } from "../words";
import { kindMark } from "./marks";

const PAUSE_MS = 120;

export function searchBox(choose: (hit: Hit) => void): HTMLElement {
  let hits: Hit[] = [];
  let at = -1;
  let waiting = 0;
  let asked: AbortController | null = null;

  const list = h("ul", { id: "suggestions", role: "listbox", "aria-label": w.search.label, hidden: true });
  const status = h("p", { class: "unseen", role: "status" });
  const input = h("input", {
    id: "search",
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: w.search.placeholder,
    "aria-label": w.search.label,
    "aria-autocomplete": "list",
    "aria-controls": "suggestions",
    "aria-expanded": "false",
    oninput: () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void look(), PAUSE_MS);
    },
    onkeydown: (event: KeyboardEvent) => key(event),
    onblur: () => close(),
    onfocus: () => hits.length && open(),
  });

  async function look(): Promise<void> {
    asked?.abort();
    const text = input.value.trim();
    if (!/[\p{L}\p{N}]/u.test(text)) return show([], false);
    asked = new AbortController();
    try {
      show((await api.search(text, asked.signal)).items, true);
    } catch (error) {
      if (error instanceof ApiError) fail(error);
    }
  }

  function fail(error: ApiError): void {
    fill(list, h("li", { class: "none" }, error.kind === "offline" ? w.offline.title : error.message));
    open();
  }

  function show(found: Hit[], asking: boolean): void {
    hits = found;
    at = found.length ? 0 : -1;
    fill(list, ...found.map(option), asking && !found.length && h("li", { class: "none" }, w.search.none));
    status.textContent = asking ? (found.length ? w.search.found(found.length) : w.search.none) : "";
    if (asking) open();
    else close();
    mark();
  }

  function option(hit: Hit, i: number): HTMLLIElement {
    const alias = hit.matched && hit.matched !== hit.name ? w.search.alias(hit.matched) : null;
    return h(
      "li",
      {
        id: `suggestion-${i}`,
        role: "option",
        // Before the input loses the focus, and with it the list.
        onmousedown: (event: MouseEvent) => {
          event.preventDefault();
          take(hit);
        },
      },
      kindMark(hit.kind),
      h("span", { class: "name" }, hit.name, alias && h("small", {}, alias)),
      h("small", {}, `${w.kind[hit.kind]} · ${w.search.press(hit.sources)}`),
    );
  }

  function key(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits.length) return;
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      open();
      mark();
    } else if (event.key === "Enter") {
      const hit = hits[at];
      if (hit && !list.hidden) take(hit);
    } else if (event.key === "Escape") {
      if (!list.hidden) event.stopPropagation();
      close();
    }
  }

  function mark(): void {
    [...list.children].forEach((each, i) => {
      if (each.getAttribute("role")) each.setAttribute("aria-selected", String(i === at));
    });
    if (at >= 0) input.setAttribute("aria-activedescendant", `suggestion-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function open(): void {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function take(hit: Hit): void {
    close();
    input.value = "";
    hits = [];
    choose(hit);
  }

  return h("search", { class: "search" }, input, list, status);
}
