// Talent flows: who takes people from whom, as a Sankey diagram and as a table.

import { api } from "../api";
import { button, fill, h, s } from "../dom";
import type { Explorer } from "../explorer";
import type { Flow } from "../types";
import { w } from "../words";
import { guarded } from "./guarded";
import { sankey } from "./sankey";
import { table } from "./table";

const [WIDE, BAR, UNIT] = [760, 14, 13];
const LABELS = 210;

export function renderFlows(panel: HTMLElement, explorer: Explorer): void {
  guarded(panel, api.moves, ({ flows }) => {
    fill(
      panel,
      h("h2", {}, w.flows.title),
      h("p", { class: "quiet" }, w.flows.text),
      ...(flows.length ? [diagram(flows, explorer), asTable(flows, explorer)] : [h("p", {}, w.flows.none)]),
    );
  });
}

const show = (flow: Flow, explorer: Explorer): void =>
  void explorer.open([flow.origin.id, flow.destination.id, ...flow.moves.map(({ person }) => person.id)]);

function diagram(flows: Flow[], explorer: Explorer): HTMLElement {
  const names = new Map(flows.flatMap(({ origin, destination }) => [[origin.id, origin.name], [destination.id, destination.name]] as const));
  const { left, right, ribbons, height } = sankey(
    flows.map((flow) => ({ from: flow.origin.id, to: flow.destination.id, count: flow.people })),
    UNIT,
  );
  const [x0, x1] = [LABELS + BAR, WIDE - LABELS - BAR];
  const middle = (x0 + x1) / 2;
  const ribbon = ({ from, to, count, y0, y1, height: thick }: (typeof ribbons)[number]): SVGElement => {
    const flow = flows.find((one) => one.origin.id === from && one.destination.id === to)!;
    const path = `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}V${y1 + thick}C${middle} ${y1 + thick} ${middle} ${y0 + thick} ${x0} ${y0 + thick}Z`;
    const people = flow.moves.map(({ person }) => person.name).join(", ");
    return s(
      "path",
      { class: "ribbon", d: path, onclick: () => show(flow, explorer) },
      s("title", {}, `${names.get(from)} → ${names.get(to)} : ${w.flows.people(count)} (${people})`),
    );
  };
  const bar = (x: number, at: number, anchor: string) => ({ id, y, height: tall, count }: (typeof left)[number]): SVGElement =>
    s(
      "g",
      {},
      s("rect", { class: "bar", x, y, width: BAR, height: tall }),
      s("text", { x: at, y: y + tall / 2, "text-anchor": anchor, "dominant-baseline": "middle" }, `${names.get(id)} `, s("tspan", { class: "count" }, String(count))),
    );
  return h(
    "figure",
    // The table below says the same in words.
    { class: "sankey", "aria-hidden": "true" },
    s(
      "svg",
      { viewBox: `0 -4 ${WIDE} ${height + 8}`, width: WIDE, height: height + 8 },
      ...ribbons.map(ribbon),
      ...left.map(bar(LABELS, LABELS - 8, "end")),
      ...right.map(bar(WIDE - LABELS - BAR, WIDE - LABELS + 8, "start")),
    ),
  );
}

function asTable(flows: Flow[], explorer: Explorer): HTMLElement {
  return table(
    w.flows.title,
    [w.flows.from, w.flows.to, w.flows.who, w.views.graph],
    flows,
    (flow) => [
      flow.origin.name,
      flow.destination.name,
      flow.moves.map(({ person }) => person.name).join(", "),
      button(w.flows.show, () => show(flow, explorer), {
        "aria-label": `${w.flows.show} : ${flow.origin.name} → ${flow.destination.name}`,
      }),
    ],
  );
}
