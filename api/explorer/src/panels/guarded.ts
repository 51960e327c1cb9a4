// A panel that has to ask the service first: it says that it waits, and what went wrong.

import { ApiError } from "../api";
import { button, fill, h } from "../dom";
import { w } from "../words";

export function guarded<T>(panel: HTMLElement, ask: () => Promise<T>, show: (answer: T) => void): void {
  fill(panel, h("p", { class: "quiet", role: "status" }, w.loading));
  ask().then(show, (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    fill(
      panel,
      h("h2", { role: "alert" }, error.kind === "offline" ? w.offline.title : w.failed(error.message)),
      error.kind === "offline" && h("p", {}, w.offline.text),
      button(w.offline.retry, () => guarded(panel, ask, show), { class: "primary" }),
    );
  });
}
