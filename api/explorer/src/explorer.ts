// What the reader can do. Holds the state and what was fetched, keeps the address in step, and tells
// the page when something has changed.

import { ApiError, api } from "./api";
import { breath, focusKey, refocus } from "./dom";
import { Library, leaves, type Shown } from "./library";
import { START, type State, UNFILTERED, read, write } from "./state";
import type { Link, Recent, Wide } from "./types";
import { unpacked } from "./wide";
import { w } from "./words";

/** More would not fit into a question about what lies between them. */
const MOST_IDS = 600;
const FIRST_SIGHT = 40;
const MORE = 12;

export type Trouble = { kind: "offline" | "failed"; detail: string } | null;

export class Explorer {
  readonly library = new Library();
  state: State = START;
  /** Ids on screen, in order. */
  ids: string[] = [];
  recent: Recent | null = null;
  /** How many neighbours an entity has that are not on screen, as far as is known. */
  readonly left = new Map<string, number>();
  ready = false;
  trouble: Trouble = null;
  shown: Shown = { entities: [], links: [] };
  /** What the press had told by a day; `of` says of which day and which entities. */
  private then: { of: string; links: Link[] } | null = null;
  private recalling = false;
  private working = 0;
  /** Counts what puts other entities on screen: an answer that comes after the next is late. */
  private turn = 0;

  constructor(
    private readonly changed: () => void,
    private readonly say: (text: string) => void,
  ) {}

  get busy(): boolean {
    return this.working > 0;
  }

  /** Take up what the address holds, now and when the reader goes back or forward. */
  async start(): Promise<void> {
    addEventListener("popstate", ({ state }: PopStateEvent) => {
      const { focus } = (state ?? {}) as { focus?: string };
      void this.take(read(location.hash)).then(() => refocus(focus ?? null));
    });
    addEventListener("hashchange", () => {
      if (location.hash.replace(/^#/, "") !== write(this.state)) void this.take(read(location.hash));
    });
    await this.take(read(location.hash));
  }

  async retry(): Promise<void> {
    this.recent = null;
    await this.take(this.state);
  }

  /** Change the state, as a step that the reader can take back, or in place. */
  set(change: Partial<State>, step = true): void {
    this.state = { ...this.state, ...change };
    const address = `#${write(this.state)}`;
    if (address !== (location.hash || "#")) {
      if (step) {
        // Who comes back here finds the focus where it was.
        history.replaceState({ focus: focusKey() }, "");
        history.pushState(null, "", address);
      } else history.replaceState(history.state, "", address);
    }
    this.refresh();
  }

  /** Show as much as can be looked at. */
  async whole(): Promise<void> {
    await this.take({ ...START, filters: this.state.filters, nodes: "whole" });
    this.set({});
  }

  /** Show these entities and nothing else. */
  async open(ids: string[], change: Partial<State> = {}): Promise<void> {
    await this.work(async () => {
      const turn = ++this.turn;
      const known = ids.slice(0, MOST_IDS);
      this.library.add(await api.among(known));
      if (turn !== this.turn) return;
      this.ids = known.filter((id) => this.library.entities.has(id));
      this.left.clear();
      this.set({ ...START, filters: this.state.filters, nodes: this.ids, ...change });
    });
  }

  /** Show an entity and its best supported neighbours. */
  async around(id: string): Promise<void> {
    await this.work(async () => {
      const turn = ++this.turn;
      const found = await api.neighbours(id, [], MORE, this.asked());
      this.library.add(found);
      const ids = found.entities.map((entity) => entity.id);
      this.library.add(await api.among(ids));
      if (turn !== this.turn) return;
      this.ids = ids;
      this.left.clear();
      this.left.set(id, found.more);
      this.set({ ...START, filters: this.state.filters, nodes: this.ids, chosen: [id] });
    });
  }

  /** Put an entity on screen beside what is there, chosen; alone it comes with its neighbours. */
  async bring(id: string): Promise<void> {
    if (this.ids.includes(id)) {
      const hidden = this.state.hidden.filter((each) => each !== id);
      this.set({ view: "graph", chosen: [id], link: null, path: [], hidden });
    } else {
      await this.around(id);
    }
  }

  async expand(id: string): Promise<void> {
    // All that the wide view can show of it is there already.
    if (this.state.nodes === "whole") return this.around(id);
    await this.work(async () => {
      const { turn } = this;
      const shown = this.ids.slice(0, MOST_IDS - MORE);
      const found = await api.neighbours(id, shown, MORE, this.asked());
      const fresh = found.entities.map((entity) => entity.id).filter((each) => !this.ids.includes(each));
      if (fresh.length) this.library.add(await api.among([...this.ids, ...fresh].slice(-MOST_IDS)));
      if (turn !== this.turn) return;
      this.ids = [...new Set([...this.ids, ...fresh])];
      this.left.set(id, found.more);
      this.say(w.canvas.added(fresh.length));
      this.set({ nodes: this.ids, chosen: [id], link: null, path: [] });
    });
  }

  collapse(id: string): void {
    const keep = new Set([id, ...Object.keys(this.state.pinned)]);
    const gone = new Set(leaves(id, this.shown, keep));
    if (gone.size === 0) return;
    if (this.state.nodes === "whole") {
      return this.set({ hidden: [...this.state.hidden, ...gone], chosen: [id], link: null, path: [] });
    }
    this.turn += 1;
    this.ids = this.ids.filter((each) => !gone.has(each));
    this.left.delete(id);
    this.set({ nodes: this.ids, chosen: [id], link: null, path: [] });
  }

  choose(id: string, second = false): void {
    const { chosen } = this.state;
    if (second && chosen[0] && chosen[0] !== id) {
      this.set({ chosen: [chosen[0], id], link: null, path: [] });
    } else {
      this.set({ chosen: [id], link: null, path: [] });
    }
  }

  /** The same by arrow key: not every step on the way is one to go back to. */
  walk(id: string): void {
    this.set({ chosen: [id], link: null, path: [] }, this.state.chosen.length === 0);
  }

  chooseLink(id: string): void {
    this.set({ link: id, chosen: [], path: [] });
  }

  chooseNothing(): void {
    if (this.state.chosen.length || this.state.link || this.state.path.length) {
      this.set({ chosen: [], link: null, path: [] });
    }
  }

  hide(id: string): void {
    this.set({ hidden: [...this.state.hidden, id], chosen: [], link: null, path: [] });
  }

  pin(id: string, at: [number, number] | null): void {
    const pinned = { ...this.state.pinned };
    if (at) pinned[id] = at;
    else delete pinned[id];
    this.set({ pinned });
  }

  /** Entities that were just read: beside what is on screen, and bright. */
  async light(ids: string[]): Promise<void> {
    await this.work(async () => {
      const turn = ++this.turn;
      this.recent = null;
      const beside = this.state.nodes === "whole" ? [] : this.ids;
      const all = [...new Set([...beside, ...ids])];
      this.library.clear();
      this.library.add(await api.among(all.slice(-MOST_IDS)));
      if (turn !== this.turn) return;
      this.ids = all.filter((id) => this.library.entities.has(id));
      this.set({ view: "graph", nodes: this.ids, path: ids, chosen: [], link: null, hidden: [], day: null });
      this.say(w.canvas.added(ids.length));
    });
  }

  /** An article has gone: what was fetched may no longer be so. */
  async forgot(): Promise<void> {
    this.recent = null;
    this.library.clear();
    await this.take({ ...this.state, chosen: [], link: null, path: [] });
  }

  /** The shortest path between the two that are chosen; false when there is none. */
  async path(): Promise<boolean> {
    const [from, to] = this.state.chosen;
    if (!from || !to) return false;
    let found = false;
    await this.work(async () => {
      const { turn } = this;
      const { paths } = await api.paths(from, to, this.state.filters.statuses);
      const best = paths[0];
      if (!best) return;
      found = true;
      const ids = best.entities.map((entity) => entity.id);
      if (this.state.nodes === "whole" && ids.every((id) => this.ids.includes(id))) {
        return this.set({ path: ids, link: null });
      }
      const beside = this.state.nodes === "whole" ? [] : this.ids;
      const all = [...new Set([...beside, ...ids])];
      this.library.add(await api.among(all.slice(-MOST_IDS)));
      if (turn !== this.turn) return;
      this.ids = all;
      this.set({ nodes: this.ids, path: ids, link: null });
    });
    return found;
  }

  /** What the neighbours that are asked for must pass. */
  private asked(): Parameters<typeof api.neighbours>[3] {
    const { kinds, relations, statuses, sources } = this.state.filters;
    return { kind: kinds, type: relations, status: statuses, min_sources: sources };
  }

  private async take(state: State): Promise<void> {
    const turn = ++this.turn;
    this.state = state;
    await this.work(async () => {
      const { ids, behind } = await this.fetch(state);
      if (turn !== this.turn) return;
      this.ids = ids;
      const wanted = Array.isArray(state.nodes) ? Math.min(state.nodes.length, MOST_IDS) : 0;
      if (ids.length < wanted) this.say(w.gone(wanted - ids.length));
      this.ready = true;
      this.refresh();
      if (behind) void this.renew(turn);
    });
  }

  /** Get what a state shows into the library: the ids of what there is of it, and whether that is
   * from before a change of the graph. */
  private async fetch({ nodes }: State): Promise<{ ids: string[]; behind: boolean }> {
    if (nodes === "whole") {
      const { wide, age } = await api.whole();
      return { ids: await this.spread(wide), behind: age > 0 };
    }
    if (nodes === null) {
      this.recent ??= await api.recent(FIRST_SIGHT);
      this.library.add(this.recent);
      const ids = this.recent.entities.map((entity) => entity.id);
      if (ids.length) this.library.add(await api.among(ids));
      return { ids, behind: false };
    }
    const wanted = nodes.slice(0, MOST_IDS);
    if (wanted.length) this.library.add(await api.among(wanted));
    return { ids: wanted.filter((id) => this.library.entities.has(id)), behind: false };
  }

  /** Get the wide view into the library, in steps between which the page answers its reader. */
  private async spread(wide: Wide, anew = false): Promise<string[]> {
    await breath();
    const whole = unpacked(wide);
    await breath();
    if (anew) this.library.clear();
    this.library.add(whole);
    await breath();
    return whole.entities.map((entity) => entity.id);
  }

  /** What is shown is from before a change of the graph: put the new view in its place. */
  private async renew(turn: number): Promise<void> {
    await this.work(async () => {
      const { wide } = await api.whole(true);
      if (turn !== this.turn) return;
      const ids = await this.spread(wide, true);
      if (turn !== this.turn) return;
      this.ids = ids;
      this.say(w.renewed);
      this.refresh();
    });
  }

  /** The day by which the press had told what is shown, if one is chosen. */
  get knownAt(): string | undefined {
    const { clock, day } = this.state;
    return clock === "known" ? (day ?? undefined) : undefined;
  }

  /** A relationship as it is shown, or as it is now when it is not. */
  link(id: string): Link | undefined {
    return this.shown.links.find((link) => link.id === id) ?? this.library.links.get(id);
  }

  private refresh(): void {
    const then = this.then?.of === this.recalled() ? this.then.links : null;
    this.shown = this.library.shown(this.state, this.ids, then);
    this.changed();
    void this.recall();
  }

  /** What would have to be asked for the chosen day; null when nothing. */
  private recalled(): string | null {
    const askable = this.knownAt !== undefined && this.ids.length > 0 && this.ids.length <= MOST_IDS;
    return askable ? `${this.knownAt} ${this.ids.join()}` : null;
  }

  /** Ask how the press had told it by the chosen day; until then, what was reported by then shows. */
  private async recall(): Promise<void> {
    const of = this.recalled();
    if (of === null || this.then?.of === of || this.recalling) return;
    this.recalling = true;
    try {
      const { relationships } = await api.among(this.ids, this.knownAt);
      this.then = { of, links: relationships };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // It shows by the days of its reports, as it does while one waits.
      this.then = { of, links: this.shown.links };
    } finally {
      this.recalling = false;
    }
    // The slider may have gone on meanwhile.
    this.refresh();
  }

  /** Whatever asks the service: the page says that it waits, and what went wrong. */
  private async work(task: () => Promise<void>): Promise<void> {
    this.working += 1;
    this.trouble = null;
    this.changed();
    try {
      await task();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.trouble = {
        kind: error.kind === "offline" ? "offline" : "failed",
        detail: error.message,
      };
      this.say(error.kind === "offline" ? w.offline.title : w.failed(error.message));
    } finally {
      this.working -= 1;
      this.changed();
    }
  }
}

export const loosened = (state: State): Partial<State> => ({
  filters: UNFILTERED,
  day: null,
  hidden: [],
  clock: state.clock,
});
