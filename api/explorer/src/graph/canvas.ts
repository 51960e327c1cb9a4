// The drawing: a graphology graph that follows what is shown, and sigma that draws it.

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import {
  extremityArrow,
  layerDashed,
  layerFill,
  layerPlain,
  pathCurved,
  pathLine,
  sdfCircle,
  sdfDiamond,
  sdfSquare,
  sdfTriangle,
} from "sigma/rendering";
import { DEFAULT_STYLES } from "sigma/types";
import { reducedMotion } from "../dom";
import type { Shown } from "../library";
import type { State } from "../state";
import { Layout, beside, constellation, spiral } from "./layout";
import { PALETTES, SHAPE, STROKE, type Theme, family, nodeSize, width } from "./look";
import { w } from "../words";

type Attributes = Record<string, unknown>;

/** From here on, edges are plain lines, and are not drawn while the picture moves. */
export const LARGE = 3000;
const GLIDE_MS = 450;
const BELOW = 50;

export interface Heard {
  choose: (id: string, second: boolean) => void;
  expand: (id: string) => void;
  link: (id: string) => void;
  nothing: () => void;
  moved: (id: string, x: number, y: number) => void;
  settled: () => void;
  drawn: () => void;
}

const primitives = {
  depthLayers: ["edges", "topEdges", "nodes", "topNodes"] as const,
  nodes: {
    shapes: [
      sdfCircle(),
      sdfSquare({ cornerRadius: 0.25 }),
      sdfDiamond(),
      sdfTriangle({ cornerRadius: 0.1 }),
    ],
    layers: [layerFill()],
    label: { font: { family: "system-ui, sans-serif" } },
  },
  edges: {
    paths: [pathLine(), pathCurved()],
    extremities: [extremityArrow({ lengthRatio: 4.5, widthRatio: 3.2 })],
    variables: {
      dash: { type: "number", default: 10 },
      gap: { type: "number", default: 4 },
      gapColor: { type: "color", default: "#00000000" },
    },
    layers: [
      layerDashed({
        dashSize: { attribute: "dash", mode: "pixels" },
        gapSize: { attribute: "gap", mode: "pixels" },
        gapColor: { attribute: "gapColor" },
        solidExtremities: "head",
      }),
    ],
  },
} as const;

/** For large graphs: lines without dashes, bends and arrows, which take the least time to draw. */
const plain = {
  ...primitives,
  edges: {
    paths: [pathLine()],
    extremities: [],
    variables: primitives.edges.variables,
    layers: [layerPlain()],
  },
} as const;

export class Canvas {
  readonly graph = new MultiDirectedGraph();
  private readonly layout: Layout;
  private sigma: Sigma | null = null;
  private gliding = 0;
  private framed = false;
  private wantsFit = false;
  private dragged: string | null = null;
  private under: string | null = null;
  private pinned: ReadonlySet<string> = new Set();
  private theme: Theme = "light";
  private large = false;

  constructor(
    private readonly container: HTMLElement,
    private readonly heard: Heard,
  ) {
    this.layout = new Layout((at, done) => this.place(at, done));
    container.addEventListener("dblclick", () => {
      if (this.under) this.heard.expand(this.under);
    });
  }

  /** Show this; what is new gets a place, what was there keeps its own. */
  sync(shown: Shown, state: State, theme: Theme): void {
    const large = shown.entities.length > LARGE;
    if (large !== this.large) {
      this.large = large;
      this.sigma?.kill();
      this.sigma = null;
      this.graph.clear();
    }
    if (theme !== this.theme) this.restart(theme);
    const fresh = this.update(shown, state);
    if (!this.sigma) this.begin();
    if (fresh.length) {
      const isNew = new Set(fresh);
      const kept = new Set(this.graph.nodes().filter((id) => !isNew.has(id)));
      const first = kept.size === 0;
      if (first) this.framed = false;
      this.wantsFit = true;
      this.layout.start(this.graph, first ? this.pinned : kept, this.stage());
    }
  }

  /** Whether the browser can draw at all. */
  static possible(): boolean {
    return document.createElement("canvas").getContext("webgl2") !== null;
  }

  fit(animate = true): void {
    const sigma = this.sigma;
    if (!sigma || this.graph.order === 0) return;
    const xs = this.graph.mapNodes((_, a) => a.x as number);
    const ys = this.graph.mapNodes((_, a) => a.y as number);
    const low = sigma.graphToFramedGraph({ x: min(xs), y: min(ys) });
    const high = sigma.graphToFramedGraph({ x: max(xs), y: max(ys) });
    const { width: stageWidth, height: stageHeight } = sigma.getDimensions();
    const [wide, tall] = this.frame();
    const scale = Math.max(
      Math.abs(high.x - low.x) / (wide * (1 - 150 / Math.max(300, stageWidth))),
      Math.abs(high.y - low.y) / (tall * (1 - (120 + BELOW) / Math.max(300, stageHeight))),
      0.35,
    );
    // The slider of time lies over the lower edge.
    const up = (BELOW / 2 / Math.max(1, stageHeight)) * tall * scale;
    const to = { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2 - up, ratio: scale, angle: 0 };
    const camera = sigma.getCamera();
    if (animate && !reducedMotion()) void camera.animate(to, { duration: GLIDE_MS });
    else camera.setState(to);
  }

  zoom(factor: number): void {
    const camera = this.sigma?.getCamera();
    if (!camera) return;
    const ratio = Math.min(20, Math.max(0.02, camera.ratio * factor));
    if (reducedMotion()) camera.setState({ ratio });
    else void camera.animate({ ratio }, { duration: 200 });
  }

  /** Where an entity is on the stage, in pixels; null when it is not drawn. */
  at(id: string): { x: number; y: number } | null {
    if (!this.sigma || !this.graph.hasNode(id)) return null;
    const { x, y } = this.graph.getNodeAttributes(id) as { x: number; y: number };
    return this.sigma.graphToViewport({ x, y });
  }

  placeOf(id: string): [number, number] | null {
    if (!this.graph.hasNode(id)) return null;
    const { x, y } = this.graph.getNodeAttributes(id) as { x: number; y: number };
    return [x, y];
  }

  /** Bring an entity into view when it is not. */
  reveal(id: string): void {
    const at = this.at(id);
    if (!at || !this.sigma) return;
    const { width: wide, height: tall } = this.sigma.getDimensions();
    if (at.x > 40 && at.y > 40 && at.x < wide - 40 && at.y < tall - 40) return;
    const { x, y } = this.sigma.viewportToFramedGraph(at);
    const camera = this.sigma.getCamera();
    if (reducedMotion()) camera.setState({ x, y });
    else void camera.animate({ x, y }, { duration: GLIDE_MS });
  }

  /** The drawing as it is, on paper of its colour. */
  async picture(): Promise<Blob | null> {
    const sigma = this.sigma;
    if (!sigma) return null;
    const copy = document.createElement("canvas");
    const drawn = sigma.getStageCanvas();
    // The pixels of a WebGL canvas are there only until the frame ends.
    await new Promise<void>((resolve) => {
      sigma.once("afterRender", () => {
        copy.width = drawn.width;
        copy.height = drawn.height;
        const paint = copy.getContext("2d")!;
        paint.fillStyle = PALETTES[this.theme].paper;
        paint.fillRect(0, 0, copy.width, copy.height);
        paint.drawImage(drawn, 0, 0);
        resolve();
      });
      sigma.refresh();
    });
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  }

  /** The stage has another size: what was in view shall be so again. */
  resize(): void {
    this.sigma?.resize();
    if (this.framed) this.fit(false);
  }

  private stage(): [number, number] {
    return [this.container.clientWidth || 800, this.container.clientHeight || 600];
  }

  /** Width and height of what a camera of ratio 1 shows, in framed coordinates. */
  private frame(): [number, number] {
    const sigma = this.sigma!;
    const camera = sigma.getCamera().getState();
    const a = sigma.viewportToFramedGraph({ x: 0, y: 0 });
    const { width: wide, height: tall } = sigma.getDimensions();
    const b = sigma.viewportToFramedGraph({ x: wide, y: tall });
    return [Math.abs(b.x - a.x) / camera.ratio, Math.abs(b.y - a.y) / camera.ratio];
  }

  private begin(): void {
    const colours = PALETTES[this.theme];
    const { large } = this;
    const sigma = new Sigma(this.graph, this.container, {
      primitives: large ? plain : primitives,
      settings: {
        autoRescale: true,
        itemSizesReference: "screen",
        enableEdgeEvents: !large,
        enableNodeDrag: true,
        hideEdgesOnMove: large,
        hideLabelsOnMove: large,
        renderEdgeLabels: !large,
        edgePickingPadding: 5,
        nodePickingPadding: 3,
        stagePadding: 50,
        labelDensity: large ? 0.4 : 3,
        labelGridCellSize: 90,
        labelRenderedSizeThreshold: large ? 7 : 2,
        doubleClickZoomingRatio: 1,
        allowInvalidContainer: true,
        minCameraRatio: 0.02,
        maxCameraRatio: 20,
      },
      styles: {
        nodes: [
          DEFAULT_STYLES.nodes,
          {
            shape: { attribute: "shape" },
            opacity: { attribute: "opacity", defaultValue: 1 },
            labelPosition: "below",
            labelSize: 13,
            labelColor: { attribute: "labelColor", defaultValue: colours.ink },
            labelVisibility: { attribute: "labelVisibility", defaultValue: "auto" },
            backdropVisibility: {
              when: (attributes, state) => state.isHovered || attributes.ring === true,
              then: "visible",
              else: "hidden",
            },
            backdropColor: colours.paper,
            backdropShadowColor: "rgba(0,0,0,0.25)",
            backdropShadowBlur: 6,
            backdropPadding: 4,
            backdropBorderColor: { attribute: "ringColor", defaultValue: colours.faint },
            backdropBorderWidth: 2,
            backdropArea: "node",
            labelBackgroundColor: colours.paper,
            labelBackgroundPadding: 1,
            cursor: "pointer",
          },
        ],
        edges: [
          DEFAULT_STYLES.edges,
          {
            size: {
              when: (_, state) => state.isHovered,
              then: (attributes) => (attributes.size as number) + 1.5,
              else: { attribute: "size", defaultValue: 1.2 },
            },
            path: "straight",
            parallelPath: large ? "straight" : "curved",
            head: { attribute: "head", defaultValue: "none" },
            dash: { attribute: "dash", defaultValue: 10 },
            gap: { attribute: "gap", defaultValue: 4 },
            gapColor: { attribute: "gapColor", defaultValue: "#00000000" },
            opacity: { attribute: "opacity", defaultValue: 1 },
            labelVisibility: {
              when: (attributes, state) => state.isHovered || attributes.named === true,
              then: "visible",
              else: "hidden",
            },
            labelColor: colours.ink,
            labelSize: 11.5,
            labelBackgroundColor: colours.paper,
            labelBackgroundPadding: 3,
            cursor: "pointer",
          },
        ],
      },
    });
    this.sigma = sigma;
    this.listen(sigma);
  }

  private listen(sigma: Sigma): void {
    sigma.on("clickNode", ({ node, event }) => {
      this.heard.choose(node, event.original.shiftKey);
    });
    sigma.on("doubleClickNode", ({ node, event, preventSigmaDefault }) => {
      preventSigmaDefault();
      // Of a mouse, the browser itself knows best what a double click is.
      if (event.original.type.startsWith("touch")) this.heard.expand(node);
    });
    sigma.on("enterNode", ({ node }) => (this.under = node));
    sigma.on("leaveNode", () => (this.under = null));
    sigma.on("afterRender", () => this.heard.drawn());
    sigma.on("clickEdge", ({ edge }) => this.heard.link(edge));
    sigma.on("clickStage", () => this.heard.nothing());
    sigma.on("nodeDragStart", ({ node }) => {
      this.layout.stop();
      this.dragged = node;
    });
    sigma.on("nodeDragEnd", ({ node }) => {
      if (this.dragged !== node) return;
      this.dragged = null;
      const [x, y] = this.placeOf(node)!;
      this.heard.moved(node, x, y);
    });
  }

  private restart(theme: Theme): void {
    this.theme = theme;
    if (!this.sigma) return;
    const camera = this.sigma.getCamera().getState();
    const box = this.sigma.getBBox();
    this.sigma.kill();
    this.begin();
    this.sigma.setCustomBBox(box);
    this.sigma.getCamera().setState(camera);
  }

  /** Bring the graph to what is shown; the ids that are new. */
  private update(shown: Shown, state: State): string[] {
    const { graph } = this;
    const colours = PALETTES[this.theme];
    const degree = new Map<string, number>();
    for (const { subject, object } of shown.links) {
      degree.set(subject, (degree.get(subject) ?? 0) + 1);
      degree.set(object, (degree.get(object) ?? 0) + 1);
    }
    const near = this.near(shown, state);
    const on = new Set(shown.entities.map((entity) => entity.id));
    for (const id of graph.nodes()) if (!on.has(id)) graph.dropNode(id);
    this.pinned = new Set(Object.keys(state.pinned));
    const places = this.large && graph.order === 0 ? constellation(shown, degree) : null;
    const fresh: string[] = [];
    const changed = new Map<string, Attributes>();
    for (const entity of shown.entities) {
      const chosen = state.chosen.includes(entity.id);
      const lonely = !degree.has(entity.id) && shown.links.length > 0;
      const faded = (near !== null && !near.has(entity.id)) || lonely;
      const attributes = {
        label: entity.name,
        shape: SHAPE[entity.kind],
        size: nodeSize(degree.get(entity.id) ?? 0) * (this.large ? 0.3 : 1),
        color: colours.kind[entity.kind],
        opacity: faded ? 0.35 : 1,
        labelColor: faded ? mix(colours.ink, colours.paper, 0.5) : colours.ink,
        ring: chosen || this.pinned.has(entity.id),
        ringColor: chosen ? colours.chosen : colours.faint,
        labelVisibility: chosen || (near?.has(entity.id) ?? false) ? "visible" : "auto",
      };
      const pin = state.pinned[entity.id];
      if (graph.hasNode(entity.id)) {
        changed.set(entity.id, pin ? { ...attributes, x: pin[0], y: pin[1] } : attributes);
      } else {
        const place = pin
          ? { x: pin[0], y: pin[1] }
          : (places?.get(entity.id) ?? spiral(graph.order));
        graph.addNode(entity.id, { ...attributes, ...place });
        fresh.push(entity.id);
      }
    }
    // In one go: the drawing hears of each change that is made by itself.
    if (changed.size) {
      graph.updateEachNodeAttributes((id, old) => Object.assign(old, changed.get(id)));
    }
    if (fresh.length && fresh.length < graph.order) this.placeBeside(fresh, shown);
    this.updateEdges(shown, state, near);
    return fresh;
  }

  private updateEdges(shown: Shown, state: State, near: ReadonlySet<string> | null): void {
    const { graph } = this;
    const colours = PALETTES[this.theme];
    const on = new Set(shown.links.map((link) => link.id));
    for (const id of graph.edges()) if (!on.has(id)) graph.dropEdge(id);
    const path = new Set(state.path);
    const changed = new Map<string, Attributes>();
    for (const link of shown.links) {
      const chosen = state.link === link.id;
      const onPath = path.has(link.subject) && path.has(link.object);
      const faded = near !== null && !(near.has(link.subject) && near.has(link.object) && (onPath || touches(state, link)));
      const denied = link.status === "denied";
      const color = chosen || onPath || denied ? colours.chosen : colours.family[family(link.type)];
      const stroke = STROKE[link.status];
      const attributes = {
        label: `${w.relation[link.type]}${link.status === "asserted" ? "" : ` (${w.status[link.status]})`}`,
        size: (this.large ? 0.6 : width(link)) + (chosen || onPath ? 1.2 : 0),
        color,
        opacity: faded ? 0.25 : 1,
        head: link.type === "PARTNERED_WITH" || this.large ? "none" : "arrow",
        named: chosen || onPath,
        weight: 1,
        dash: stroke.dash,
        // A whole line has gaps of its own colour: sigma leaves out a line whose gaps are nothing.
        gap: stroke.gap || 4,
        gapColor: stroke.gap ? "#00000000" : color,
      };
      if (graph.hasEdge(link.id)) changed.set(link.id, attributes);
      else graph.addEdgeWithKey(link.id, link.subject, link.object, attributes);
    }
    if (changed.size) {
      // Told that the order may have changed, sigma waits until it knows the edges that are new.
      graph.updateEachEdgeAttributes((id, old) => Object.assign(old, changed.get(id)), {
        attributes: ["zIndex"],
      });
    }
  }

  /** What stays bright: what is chosen and its neighbours, or the path; null when nothing is. */
  private near(shown: Shown, state: State): Set<string> | null {
    if (state.path.length) return new Set(state.path);
    if (state.chosen.length === 0 && state.link === null) return null;
    const near = new Set(state.chosen);
    for (const link of shown.links) {
      if (touches(state, link)) near.add(link.subject).add(link.object);
    }
    return near.size ? near : null;
  }

  private placeBeside(fresh: string[], shown: Shown): void {
    const { graph } = this;
    const isNew = new Set(fresh);
    const old = graph.nodes().filter((id) => !isNew.has(id));
    const xs = old.map((id) => graph.getNodeAttribute(id, "x") as number);
    const ys = old.map((id) => graph.getNodeAttribute(id, "y") as number);
    const middle = { x: mean(xs), y: mean(ys) };
    const gap = Math.max(8, (max(xs) - min(xs) + max(ys) - min(ys)) / 12);
    const anchor = new Map<string, string>();
    for (const { subject, object } of shown.links) {
      if (isNew.has(subject) && !isNew.has(object) && !anchor.has(subject)) anchor.set(subject, object);
      if (isNew.has(object) && !isNew.has(subject) && !anchor.has(object)) anchor.set(object, subject);
    }
    fresh.forEach((id, i) => {
      const by = anchor.get(id);
      const from = by
        ? (graph.getNodeAttributes(by) as { x: number; y: number })
        : { x: middle.x, y: max(ys) + gap };
      graph.mergeNodeAttributes(id, beside(from, middle, i, gap));
    });
  }

  private place(at: Map<string, [number, number]>, done: boolean): void {
    const { graph } = this;
    const targets = [...at].filter(([id]) => graph.hasNode(id) && !this.pinned.has(id));
    const settle = (): void => {
      if (!this.framed && this.sigma) {
        this.sigma.setCustomBBox(null);
        this.sigma.refresh();
        this.sigma.setCustomBBox(this.sigma.getBBox());
        this.sigma.refresh();
        this.framed = done;
      }
      if (this.wantsFit && this.sigma) this.fit(this.framed && done);
      if (done) {
        this.wantsFit = false;
        this.heard.settled();
      }
    };
    cancelAnimationFrame(this.gliding);
    if (reducedMotion() || !this.framed || targets.length > 600) {
      move(graph, targets, 1, null);
      settle();
      return;
    }
    const from = new Map(targets.map(([id]) => [id, this.placeOf(id)!]));
    const begun = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, (now - begun) / GLIDE_MS);
      move(graph, targets, 1 - (1 - t) ** 3, from);
      if (t < 1) this.gliding = requestAnimationFrame(step);
      else settle();
    };
    this.gliding = requestAnimationFrame(step);
  }
}

function move(
  graph: MultiDirectedGraph,
  targets: [string, [number, number]][],
  share: number,
  from: Map<string, [number, number]> | null,
): void {
  const to = new Map(targets);
  graph.updateEachNodeAttributes(
    (id, attributes) => {
      const target = to.get(id);
      if (!target) return attributes;
      const start = from?.get(id) ?? target;
      attributes.x = start[0] + (target[0] - start[0]) * share;
      attributes.y = start[1] + (target[1] - start[1]) * share;
      return attributes;
    },
    { attributes: ["x", "y"] },
  );
}

const touches = (state: State, link: { id: string; subject: string; object: string }): boolean =>
  state.link === link.id || state.chosen.includes(link.subject) || state.chosen.includes(link.object);

const min = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
const mean = (values: number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function mix(colour: string, other: string, share: number): string {
  const channel = (text: string, at: number): number => parseInt(text.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share),
  );
  return `rgb(${mixed.join(",")})`;
}
