// The page: header, list, stage and details, filled anew when something changes.

import { watchStarting } from "./api";
import { button, fill, h, refill } from "./dom";
import { Explorer } from "./explorer";
import { Canvas } from "./graph/canvas";
import type { Theme } from "./graph/look";
import { next } from "./keyboard";
import { helpDialog, shareDialog } from "./panels/dialogs";
import { forgetEntities, renderEntity } from "./panels/entity";
import { renderFilters } from "./panels/filters";
import { renderFlows } from "./panels/flows";
import { renderList } from "./panels/list";
import { renderMoney } from "./panels/money";
import { renderRead } from "./panels/read";
import { searchBox } from "./panels/search";
import { renderTable } from "./panels/table";
import { renderTime, stopPlaying } from "./panels/time";
import { forgetArticles, renderWhy } from "./panels/why";
import { VIEWS, type View } from "./state";
import { language, speak, w } from "./words";

/** Pixels that the handle stands to the right of its entity, and a few more. */
const HANDLE = 22;
const KEPT_THEME = "mercato.theme";

export class Page {
  private readonly live = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
  private readonly explorer = new Explorer(
    () => this.render(),
    (text) => this.say(text),
  );
  private readonly filters = h("section", { class: "filters" });
  private readonly list = h("section", { class: "list" });
  private readonly detail = h("aside", { class: "detail" });
  private readonly board = h("div", { class: "board", tabindex: -1 });
  private readonly time = h("div", { class: "time" });
  private readonly notice = h("div", { class: "notice" });
  private readonly tools = h("div", { class: "tools", role: "toolbar" });
  private readonly drawing = h("div", { class: "drawing", tabindex: 0, role: "application", "data-key": "drawing" });
  private readonly nav = h("nav", {});
  /** Beside the chosen entity, in the drawing: its neighbours are one click away. */
  private readonly handle = h("div", { class: "handle", hidden: true });
  private canvas: Canvas | null = null;
  private drawn = false;
  private starting = false;

  constructor(private readonly root: HTMLElement) {
    if (Canvas.possible()) {
      this.canvas = new Canvas(this.drawing, {
        choose: (id, second) => this.explorer.choose(id, second),
        expand: (id) => void this.explorer.expand(id),
        link: (id) => this.explorer.chooseLink(id),
        nothing: () => this.explorer.chooseNothing(),
        moved: (id, x, y) => this.explorer.pin(id, [x, y]),
        settled: () => this.root.setAttribute("data-settled", String(this.explorer.shown.entities.length)),
        drawn: () => {
          // When the first picture was there, for those who measure.
          this.root.dataset.drawn ??= performance.now().toFixed(0);
          this.placeHandle();
        },
      });
    }
  }

  async open(): Promise<void> {
    const kept = localStorage.getItem(KEPT_THEME);
    if (kept) document.documentElement.dataset.theme = kept;
    watchStarting((starting) => {
      this.starting = starting;
      this.render();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.render());
    new ResizeObserver(() => this.canvas?.resize()).observe(this.drawing);
    addEventListener("keydown", (event) => this.key(event));
    this.drawing.addEventListener("keydown", (event) => this.walk(event));
    this.build();
    await this.explorer.start();
  }

  private build(): void {
    document.title = `mercato : ${w.tagline}`;
    this.drawing.setAttribute("aria-label", w.canvas.label);
    this.tools.setAttribute("aria-label", w.tools.label);
    this.detail.setAttribute("aria-label", w.detail);
    delete this.detail.dataset.link;
    fill(
      this.root,
      h("a", { class: "skip", href: "#stage", onclick: (event: Event) => this.skip(event) }, w.skip),
      h(
        "header",
        { class: "top" },
        h("h1", {}, button("mercato", () => this.home(), { class: "brand", title: w.tools.home })),
        searchBox((hit) => void this.explorer.bring(hit.id)),
        this.nav,
        h(
          "div",
          { class: "switches" },
          button("◐", () => this.switchTheme(), { "aria-label": w.tools.theme, title: w.tools.theme }),
          button(w.tools.language, () => this.switchLanguage(), { lang: language === "fr" ? "en" : "fr" }),
        ),
      ),
      h(
        "main",
        {},
        h("aside", { class: "side", "aria-label": w.side }, this.filters, this.list),
        h("section", { class: "stage", id: "stage", "aria-label": w.views.graph }, this.drawing, this.handle, this.tools, this.time, this.board, this.notice),
        this.detail,
      ),
      this.live,
    );
    this.root.querySelector<HTMLInputElement>("#search")?.focus();
  }

  private render(): void {
    const { explorer } = this;
    const { state, shown } = explorer;
    this.root.dataset.view = state.view;
    this.root.dataset.detail = String(state.link !== null || state.chosen.length > 0);
    this.root.toggleAttribute("data-busy", explorer.busy);
    this.renderNav();
    this.renderNotice();
    if (!explorer.ready) return;
    renderFilters(this.filters, explorer);
    renderList(this.list, explorer);
    if (state.link !== null) renderWhy(this.detail, explorer);
    else {
      delete this.detail.dataset.link;
      renderEntity(this.detail, explorer, { of: (id) => this.canvas?.placeOf(id) ?? null });
    }
    const tabular = state.view === "table" || (state.view === "graph" && !this.canvas);
    this.root.dataset.shows = tabular ? "table" : state.view;
    if (tabular) {
      delete this.board.dataset.view;
      renderTable(this.board, explorer);
    }
    else this.renderBoard(state.view);
    renderTime(this.time, explorer);
    this.renderTools();
    if (state.view === "graph" && this.canvas && (shown.entities.length || this.drawn)) {
      this.drawn = true;
      this.canvas.sync(shown, state, this.theme());
    }
    this.renderHandle();
    this.root.dataset.shown = `${shown.entities.length} ${shown.links.length}`;
  }

  /** The views that ask the service themselves: once when they are opened. */
  private renderBoard(view: View): void {
    const opened = `${view} ${language}`;
    if (this.board.dataset.view === opened) return;
    this.board.dataset.view = opened;
    stopPlaying();
    if (view === "flows") renderFlows(this.board, this.explorer);
    else if (view === "money") renderMoney(this.board, this.explorer);
    else if (view === "read") renderRead(this.board, this.explorer);
    else fill(this.board);
  }

  private renderHandle(): void {
    const { explorer } = this;
    const [id, second] = explorer.state.chosen;
    const single = id !== undefined && second === undefined && explorer.state.view === "graph";
    this.handle.hidden = !single || explorer.left.get(id) === 0;
    if (this.handle.hidden || id === undefined) return;
    fill(
      this.handle,
      button(`+ ${w.entity.expand}`, () => void explorer.expand(id), { title: w.entity.expandHint }),
    );
    this.placeHandle();
  }

  private placeHandle(): void {
    const at = this.handle.hidden ? null : this.canvas?.at(this.explorer.state.chosen[0] ?? "");
    if (!at) return;
    this.handle.dataset.at = `${at.x.toFixed(0)} ${at.y.toFixed(0)}`;
    // Near the right edge it moves inwards.
    const x = Math.min(at.x, this.drawing.clientWidth - this.handle.offsetWidth - HANDLE);
    this.handle.style.translate = `${x.toFixed(1)}px ${at.y.toFixed(1)}px`;
  }

  private renderNav(): void {
    const { state } = this.explorer;
    this.nav.setAttribute("aria-label", w.views.label);
    const tab = (view: View): HTMLButtonElement =>
      button(w.views[view], () => this.explorer.set({ view }), {
        "aria-current": state.view === view ? "page" : undefined,
        "data-key": view,
      });
    refill(this.nav, ...VIEWS.map(tab));
  }

  private renderTools(): void {
    const { explorer, canvas } = this;
    const { hidden } = explorer.state;
    const tool = (sign: string, label: string, run: () => void): HTMLButtonElement =>
      button(sign, run, { "aria-label": label, title: label });
    fill(
      this.tools,
      tool("←", w.tools.back, () => history.back()),
      tool("→", w.tools.forward, () => history.forward()),
      tool("⤢", w.tools.fit, () => canvas?.fit()),
      tool("+", w.tools.zoomIn, () => canvas?.zoom(0.7)),
      tool("−", w.tools.zoomOut, () => canvas?.zoom(1.4)),
      tool("⇪", w.tools.share, () => shareDialog(explorer, canvas, this.theme())),
      tool("?", w.tools.help, helpDialog),
      button(w.tools.whole, () => void explorer.whole()),
      hidden.length > 0 && button(w.tools.unhide(hidden.length), () => explorer.set({ hidden: [] })),
    );
  }

  /** Loading, empty, offline, failed: each says what is the matter and what to do. */
  private renderNotice(): void {
    const { explorer } = this;
    const { trouble } = explorer;
    this.notice.className = "notice";
    if (trouble) {
      this.notice.classList.add(explorer.ready ? "banner" : "full");
      return fill(
        this.notice,
        h("h2", {}, trouble.kind === "offline" ? w.offline.title : w.failed(trouble.detail)),
        trouble.kind === "offline" && h("p", {}, w.offline.text),
        button(w.offline.retry, () => void explorer.retry(), { class: "primary" }),
      );
    }
    if (explorer.busy || !explorer.ready) {
      this.notice.classList.add(explorer.ready ? "corner" : "full");
      return fill(
        this.notice,
        h("span", { class: "turning", "aria-hidden": "true" }),
        h("p", { role: "status" }, this.starting ? w.starting : w.loading),
      );
    }
    const empty = explorer.ids.length === 0;
    if (empty && (explorer.state.view === "graph" || explorer.state.view === "table")) {
      this.notice.classList.add("full");
      return fill(
        this.notice,
        h("h2", {}, w.empty.title),
        h("p", {}, w.empty.text),
        button(w.empty.action, () => explorer.set({ view: "read" }), { class: "primary" }),
      );
    }
    fill(this.notice);
  }

  private key(event: KeyboardEvent): void {
    if (document.querySelector("dialog[open]")) return;
    const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === "?" && !inField) {
      helpDialog();
    } else if (event.key === "/" && !inField) {
      event.preventDefault();
      this.root.querySelector<HTMLInputElement>("#search")?.focus();
    } else if (event.key === "Escape" && !event.defaultPrevented) {
      this.explorer.chooseNothing();
    }
  }

  /** What keys do while the graph has the focus. */
  private walk(event: KeyboardEvent): void {
    const { explorer, canvas } = this;
    if (!canvas || event.ctrlKey || event.metaKey || event.altKey) return;
    const current = explorer.state.chosen.at(-1) ?? null;
    const done = (): void => event.preventDefault();
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow")) {
      const spots = explorer.shown.entities.flatMap(({ id }) => {
        const at = canvas.at(id);
        return at ? [{ id, ...at }] : [];
      });
      const spot = next(spots, spots.find(({ id }) => id === current) ?? null, key);
      if (spot) {
        const { chosen } = explorer.state;
        if (event.shiftKey && chosen[0]) explorer.choose(spot.id, true);
        else explorer.walk(spot.id);
        canvas.reveal(spot.id);
        this.announce(spot.id);
      }
      return done();
    }
    if (key === "0") return canvas.fit(), done();
    if (key === "+" || key === "=") return canvas.zoom(0.7), done();
    if (key === "-") return canvas.zoom(1.4), done();
    if (!current) return;
    if (key === "e" || key === "Enter") return void explorer.expand(current), done();
    if (key === "r") return explorer.collapse(current), done();
    if (key === "h" || key === "Delete") return explorer.hide(current), done();
    if (key === "p") {
      const pinned = current in explorer.state.pinned;
      return explorer.pin(current, pinned ? null : canvas.placeOf(current)), done();
    }
    if (key === "l") {
      const links = explorer.shown.links.filter((one) => one.subject === current || one.object === current);
      if (links[0]) explorer.chooseLink(links[0].id);
      done();
    }
  }

  private announce(id: string): void {
    const entity = this.explorer.library.entities.get(id);
    if (!entity) return;
    const links = this.explorer.shown.links.filter((one) => one.subject === id || one.object === id);
    this.say(w.canvas.at(entity.name, w.kind[entity.kind], links.length));
  }

  private say(text: string): void {
    this.live.textContent = text;
  }

  private skip(event: Event): void {
    event.preventDefault();
    (this.explorer.state.view === "table" ? this.board : this.drawing).focus();
  }

  private home(): void {
    history.pushState(null, "", location.pathname);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  private theme(): Theme {
    const chosen = document.documentElement.dataset.theme;
    if (chosen === "light" || chosen === "dark") return chosen;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  private switchTheme(): void {
    const theme = this.theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEPT_THEME, theme);
    this.render();
  }

  private switchLanguage(): void {
    speak(language === "fr" ? "en" : "fr", true);
    forgetArticles();
    forgetEntities();
    this.build();
    this.render();
  }
}
