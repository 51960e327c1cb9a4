// The dialogs: sharing and keeping, and what keys do.

import { button, h } from "../dom";
import type { Explorer } from "../explorer";
import type { Canvas } from "../graph/canvas";
import type { Theme } from "../graph/look";
import { csv } from "../share/csv";
import { browserAddress, cypher } from "../share/cypher";
import { graphml } from "../share/graphml";
import { save } from "../share/save";
import { svg } from "../share/svg";
import { w } from "../words";

function dialog(title: string, close: string, ...content: Node[]): void {
  const box = h(
    "dialog",
    { "aria-label": title, onclose: () => box.remove() },
    h("h2", {}, title),
    ...content,
    h("p", { class: "actions end" }, button(close, () => box.close())),
  );
  document.body.append(box);
  box.showModal();
}

export function helpDialog(): void {
  dialog(
    w.help.title,
    w.help.close,
    h(
      "dl",
      { class: "keys" },
      ...w.help.keys.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]),
    ),
  );
}

export function shareDialog(explorer: Explorer, canvas: Canvas | null, theme: Theme): void {
  const { shown } = explorer;
  const answer = h("p", { role: "status", class: "quiet" });
  const copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(
      () => (answer.textContent = w.share.copied),
      () => (answer.textContent = text),
    );
  };
  const query = cypher(shown.entities.map(({ id }) => id));
  dialog(
    w.share.title,
    w.share.close,
    h(
      "p",
      { class: "actions" },
      button(w.share.link, () => copy(location.href), { class: "primary" }),
      h("span", { class: "quiet" }, w.share.linkHint),
    ),
    h(
      "p",
      { class: "actions" },
      canvas && button(w.share.png, () => void canvas.picture().then((png) => png && save("mercato.png", png))),
      canvas && button(w.share.svg, () => save("mercato.svg", svg(shown, (id) => canvas.at(id), theme), "image/svg+xml")),
      button(w.share.graphml, () => save("mercato.graphml", graphml(shown), "application/xml")),
      button(w.share.csv, () => save("mercato.csv", csv(shown), "text/csv")),
    ),
    h("p", {}, w.share.cypherHint),
    h("pre", { tabindex: 0, "aria-label": w.share.cypherHint }, query),
    h(
      "p",
      { class: "actions" },
      button(w.share.copy, () => copy(query)),
      h("a", { href: browserAddress(query), target: "_blank", rel: "noopener" }, w.share.browser),
    ),
    answer,
  );
}
