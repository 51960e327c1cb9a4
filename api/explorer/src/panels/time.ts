// The slider of time: what held on a day, or what was known by then; it can play.

import { button, h, reducedMotion, refill } from "../dom";
import type { Explorer } from "../explorer";
import { span } from "../library";
import { day as inWords, w } from "../words";

const DAY_MS = 86_400_000;
const STEPS = 60;
const STEP_MS = 220;
const CALM_STEP_MS = 900;

const number = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
const iso = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);

let playing = 0;

export function stopPlaying(): void {
  clearInterval(playing);
  playing = 0;
}

let known: { of: string; days: [string, string] | null } = { of: "", days: null };

/** The days that what is on screen speaks of, worked out anew only when that is something else. */
function daysOf({ state, ids, library }: Explorer): [string, string] | null {
  const of = `${state.clock} ${library.links.size} ${ids.length} ${ids[0]} ${ids.at(-1)}`;
  if (known.of !== of) {
    const on = new Set(ids);
    const links = [...library.links.values()].filter(
      (link) => on.has(link.subject) && on.has(link.object),
    );
    known = { of, days: span(links, state.clock) };
  }
  return known.days;
}

export function renderTime(panel: HTMLElement, explorer: Explorer): void {
  const { state } = explorer;
  const days = daysOf(explorer);
  if (!days || days[0] === days[1]) return refill(panel);
  const [first, last] = [number(days[0]), number(days[1])];
  const at = state.day ? Math.min(last, Math.max(first, number(state.day))) : last;
  const move = (days: number, step: boolean): void => explorer.set({ day: iso(days), path: [] }, step);
  const play = (): void => {
    if (playing) {
      stopPlaying();
      return renderTime(panel, explorer);
    }
    const stride = Math.max(1, Math.round((last - first) / STEPS));
    let now = at >= last ? first : at;
    move(now, true);
    playing = window.setInterval(
      () => {
        now = Math.min(last, now + stride);
        move(now, false);
        if (now < last) return;
        stopPlaying();
        renderTime(panel, explorer);
      },
      reducedMotion() ? CALM_STEP_MS : STEP_MS,
    );
    renderTime(panel, explorer);
  };
  const words = state.day ? w.time.at(inWords(state.day)) : w.time.off;
  refill(
    panel,
    button(playing ? "❚❚" : "▶", play, {
      "aria-label": playing ? w.time.pause : w.time.play,
      title: playing ? w.time.pause : w.time.play,
      "data-key": "play",
    }),
    h("input", {
      type: "range",
      min: first,
      max: last,
      value: at,
      "aria-label": w.time.label,
      "aria-valuetext": words,
      "data-key": "day",
      oninput: (event: Event) => {
        stopPlaying();
        move(Number((event.target as HTMLInputElement).value), false);
      },
    }),
    h("output", {}, words),
    h(
      "select",
      {
        "aria-label": w.time.mode,
        "data-key": "clock",
        onchange: (event: Event) =>
          explorer.set({ clock: (event.target as HTMLSelectElement).value === "known" ? "known" : "valid" }),
      },
      h("option", { value: "valid", selected: state.clock === "valid" }, w.time.valid),
      h("option", { value: "known", selected: state.clock === "known" }, w.time.known),
    ),
    state.day !== null &&
      button(w.time.off, () => {
        stopPlaying();
        explorer.set({ day: null });
      }, { "data-key": "every-day" }),
  );
}
