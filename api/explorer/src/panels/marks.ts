// Small drawings that stand for kinds and statuses wherever they are named.

import { h, s } from "../dom";
import { STROKE, family } from "../graph/look";
import type { Kind, Link, Status } from "../types";
import { w } from "../words";

/** The shape that a kind has in the graph. */
export function kindMark(kind: Kind): SVGSVGElement {
  const shape = {
    Person: () => s("circle", { cx: 6, cy: 6, r: 5 }),
    Company: () => s("rect", { x: 1, y: 1, width: 10, height: 10, rx: 2 }),
    Organization: () => s("path", { d: "M6 .5 11.5 6 6 11.5.5 6Z" }),
    Product: () => s("path", { d: "M6 1 11.5 10.5H.5Z" }),
  }[kind]();
  return s("svg", { class: `mark kind-${kind}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, shape);
}

/** The stroke that a status has in the graph. */
export function statusMark(status: Status, about = "people"): SVGSVGElement {
  const { dash, gap } = STROKE[status];
  const line = s("line", {
    x1: 1,
    y1: 4,
    x2: 33,
    y2: 4,
    "stroke-dasharray": gap ? `${dash} ${gap}` : undefined,
  });
  return s(
    "svg",
    {
      class: `stroke status-${status} family-${about}`,
      viewBox: "0 0 34 8",
      preserveAspectRatio: "xMinYMid slice",
      "aria-hidden": "true",
    },
    line,
  );
}

/** The status of a link in a word, with its stroke. */
export function statusTag(link: Link): HTMLSpanElement {
  return h(
    "span",
    { class: `tag status-${link.status}` },
    statusMark(link.status, family(link.type)),
    w.status[link.status],
    link.contested && h("strong", { class: "contested" }, w.contested),
  );
}
