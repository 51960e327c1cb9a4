// The drawing on the stage: a graphology graph that follows what is shown, sigma that draws it, and
// behind it the sky of all that is shown once that is more than sigma should draw.

import { MultiDirectedGraph } from "graphology";
import type Sigma from "sigma";
import { breath, reducedMotion } from "../dom";
import type { Shown } from "../library";
import type { State } from "../state";
import { type Attributes, brightest, degrees, ofEntity, ofLink, touches } from "./attributes";
import { drawing } from "./drawing";
import { Layout } from "./layout";
import { PALETTES, type Theme } from "./look";
import { type Place, extent, move, placeBeside, spiral } from "./places";
import { Sky, starProgram } from "./sky";

/** More entities than this are drawn as a sky. */
export const LARGE = 600;
const GLIDE_MS = 450;
const STILL_MS = 160;
const BELOW = 50; // pixels of the slider of time
/** Pixels around a star in which it can be hit. */
const NEARBY = 9;

export interface Heard {
  choose: (id: string, second: boolean) => void;
  expand: (id: string) => void;
  link: (id: string) => void;
  nothing: () => void;
  moved: (id: string, x: number, y: number) => void;
  settled: () => void;
  drawn: () => void;
}

export class Canvas {
  readonly graph = new MultiDirectedGraph();
  private readonly layout: Layout;
  private readonly tip = document.createElement("div");
  private sigma: Sigma | null = null;
  private sky: Sky | null = null;
  /** What the sky that is being made shall show; null when none is. */
  private rising: { shown: Shown; state: State } | null = null;
  private box: { x: [number, number]; y: [number, number] } | null = null;
  private faint = false;
  private moving = 0;
  private settling = false;
  private gliding = 0;
  private framed = false;
  private wantsFit = false;
  private dragged: string | null = null;
  private under: string | null = null;
  private pinned: ReadonlySet<string> = new Set();
  private theme: Theme = "light";

  constructor(
    private readonly container: HTMLElement,
    private readonly heard: Heard,
  ) {
    this.tip.className = "tip";
    this.tip.hidden = true;
    this.layout = new Layout((positions, done) =>
      this.sky ? this.placeSky(positions, done) : this.place(positions, done),
    );
    container.addEventListener("dblclick", () => {
      if (this.under) this.heard.expand(this.under);
    });
  }

  /** Show this; what is new gets a place, what was there keeps its own. */
  sync(shown: Shown, state: State, theme: Theme): void {
    const large = shown.entities.length > LARGE;
    if (large !== (this.sky !== null) && !(large && this.rising)) {
      this.sigma?.kill();
      this.sigma = null;
      this.sky = null;
      this.graph.clear();
    }
    if (theme !== this.theme) this.restart(theme);
    this.pinned = new Set(Object.keys(state.pinned));
    if (large) return this.syncSky(shown, state);
    this.rising = null;
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
    const { x, y } = (this.sky && this.box) ?? extent(xs, ys);
    const low = sigma.graphToFramedGraph({ x: x[0], y: y[0] });
    const high = sigma.graphToFramedGraph({ x: x[1], y: y[1] });
    const { width: stageWidth, height: stageHeight } = sigma.getDimensions();
    const [wide, tall] = this.frame();
    const scale = Math.max(
      Math.abs(high.x - low.x) / (wide * (1 - 150 / Math.max(300, stageWidth))),
      Math.abs(high.y - low.y) / (tall * (1 - (120 + BELOW) / Math.max(300, stageHeight))),
      0.35,
    );
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
  at(id: string): Place | null {
    const place = this.placeOf(id);
    return this.sigma && place ? this.sigma.graphToViewport({ x: place[0], y: place[1] }) : null;
  }

  placeOf(id: string): [number, number] | null {
    const at = this.graph.hasNode(id)
      ? (this.graph.getNodeAttributes(id) as Place)
      : (this.sky?.at(id) ?? null);
    return at ? [at.x, at.y] : null;
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
    const sigma = drawing(this.graph, this.container, this.theme, this.sky !== null);
    this.sigma = sigma;
    this.listen(sigma);
    if (!this.sky) return;
    sigma.addCustomLayerProgram("sky", "edges", (gl) =>
      starProgram(gl, () =>
        this.sky && this.box
          ? { sky: this.sky, theme: this.theme, faint: this.faint, moving: this.moving > 0 || this.settling, box: this.box }
          : null,
      ),
    );
    // While it moves only the points are drawn.
    sigma.getCamera().on("updated", () => {
      clearTimeout(this.moving);
      this.moving = window.setTimeout(() => {
        this.moving = 0;
        sigma.scheduleRender();
      }, STILL_MS);
    });
    sigma.on("moveBody", ({ event }) => this.hover(event));
    this.container.append(this.tip);
  }

  private listen(sigma: Sigma): void {
    sigma.on("clickNode", ({ node, event }) => {
      this.under = node;
      this.heard.choose(node, event.original.shiftKey);
    });
    sigma.on("doubleClickNode", ({ node, event, preventSigmaDefault }) => {
      preventSigmaDefault();
      // Of a mouse, the browser itself knows best what a double click is.
      if (event.original.type.startsWith("touch")) this.heard.expand(node);
    });
    sigma.on("enterNode", ({ node }) => (this.under = node));
    sigma.on("leaveNode", () => (this.under = null));
    sigma.on("afterRender", () => {
      if (!this.rising) this.heard.drawn();
    });
    sigma.on("clickEdge", ({ edge }) => this.heard.link(edge));
    sigma.on("clickStage", ({ event }) => {
      const star = this.star(event);
      this.under = star;
      if (star) this.heard.choose(star, event.original.shiftKey);
      else this.heard.nothing();
    });
    sigma.on("nodeDragStart", ({ node }) => {
      this.layout.stop();
      this.settling = false;
      this.dragged = node;
    });
    sigma.on("nodeDragEnd", ({ node }) => {
      if (this.dragged !== node) return;
      this.dragged = null;
      const [x, y] = this.placeOf(node)!;
      this.sky?.move(node, { x, y });
      this.heard.moved(node, x, y);
    });
  }

  /** The star at a point of the stage. */
  private star(point: Place): string | null {
    if (!this.sky || !this.sigma) return null;
    const at = this.sigma.viewportToGraph(point);
    const beside = this.sigma.viewportToGraph({ x: point.x + NEARBY, y: point.y });
    return this.sky.nearest(at, Math.hypot(beside.x - at.x, beside.y - at.y));
  }

  /** The name of the star under the pointer. */
  private hover(point: Place): void {
    const star = this.moving ? null : this.star(point);
    if (star === this.under && star !== null) return;
    this.under = star;
    this.tip.hidden = star === null || this.graph.hasNode(star);
    this.container.style.cursor = star === null ? "" : "pointer";
    if (this.tip.hidden || star === null) return;
    const at = this.at(star)!;
    this.tip.textContent = this.sky!.name(star);
    this.tip.style.translate = `${at.x.toFixed(0)}px ${at.y.toFixed(0)}px`;
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

  private syncSky(shown: Shown, state: State): void {
    if (this.sky && !this.rising) return this.alterSky(shown, state);
    const going = this.rising !== null;
    this.rising = { shown, state };
    if (!going) void this.raise();
  }

  /** The first picture of a sky, in steps between which the page answers; the last wish counts. */
  private async raise(): Promise<void> {
    await breath();
    if (!this.rising || this.sky) return;
    const sky = new Sky(this.rising.shown, null);
    await breath();
    // One that was given up and begun again has overtaken it.
    if (!this.rising || this.sky) return;
    this.sky = sky;
    this.box = sky.box();
    this.begin();
    await breath();
    if (!this.rising || this.sky !== sky) return;
    const { shown, state } = this.rising;
    this.rising = null;
    this.alterSky(shown, state);
    this.framed = true;
    this.settling = true;
    this.sigma!.refresh();
    this.fit(false);
    this.layout.startSky(this.sky, this.pinned, this.stage());
  }

  private alterSky(shown: Shown, state: State): void {
    if (!this.sky?.holds(shown)) {
      this.sky = new Sky(shown, this.sky);
      // What is being laid out is another sky: go on with this one.
      if (this.settling) this.layout.startSky(this.sky, this.pinned, this.stage());
    }
    const { sky } = this;
    for (const [id, [x, y]] of Object.entries(state.pinned)) sky.move(id, { x, y });
    this.box ??= sky.box();
    const near = brightest(shown, state);
    this.faint = near !== null;
    this.update(sky.front(near, (link) => touches(state, link)), state);
    this.sigma!.setCustomBBox(this.box);
    this.sigma!.scheduleRender();
  }

  /** Bring the graph to what is shown; the ids that are new. */
  private update(shown: Shown, state: State): string[] {
    const { graph, sky } = this;
    const colours = PALETTES[this.theme];
    const degree = sky?.degrees ?? degrees(shown);
    const near = brightest(shown, state);
    const on = new Set(shown.entities.map((entity) => entity.id));
    for (const id of graph.nodes()) if (!on.has(id)) graph.dropNode(id);
    const fresh: string[] = [];
    const changed = new Map<string, Attributes>();
    for (const entity of shown.entities) {
      const { id } = entity;
      const lonely = !degree.has(id) && shown.links.length > 0;
      const scale = sky ? 0.42 : 1;
      const looks = { degree: degree.get(id) ?? 0, lonely, scale };
      const attributes = ofEntity(entity, state, near, looks, colours);
      const pin = state.pinned[id];
      if (graph.hasNode(id)) {
        changed.set(id, pin ? { ...attributes, x: pin[0], y: pin[1] } : attributes);
      } else {
        const place = pin ? { x: pin[0], y: pin[1] } : (sky?.at(id) ?? spiral(graph.order));
        graph.addNode(id, { ...attributes, ...place });
        fresh.push(id);
      }
    }
    // In one go: the drawing hears of each change that is made by itself.
    if (changed.size) {
      graph.updateEachNodeAttributes((id, old) => Object.assign(old, changed.get(id)));
    }
    if (!sky && fresh.length && fresh.length < graph.order) placeBeside(graph, fresh, shown);
    this.updateEdges(shown, state, near);
    return fresh;
  }

  private updateEdges(shown: Shown, state: State, near: ReadonlySet<string> | null): void {
    const { graph } = this;
    const on = new Set(shown.links.map((link) => link.id));
    for (const id of graph.edges()) if (!on.has(id)) graph.dropEdge(id);
    const changed = new Map<string, Attributes>();
    for (const link of shown.links) {
      const attributes = ofLink(link, state, near, PALETTES[this.theme]);
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

  private placeSky(positions: Float64Array, done: boolean): void {
    const { sky, sigma } = this;
    if (!sky || !sigma || positions.length !== sky.places.length) return;
    sky.places = Float32Array.from(positions);
    this.box = sky.box();
    this.settling = !done;
    sigma.setCustomBBox(this.box);
    move(this.graph, (id) => sky.at(id), 1, null);
    if (done) this.heard.settled();
  }

  private place(positions: Float64Array, done: boolean): void {
    const { graph } = this;
    const targets = new Map<string, Place>();
    graph.nodes().forEach((id, i) => {
      if (!this.pinned.has(id)) targets.set(id, { x: positions[i * 2]!, y: positions[i * 2 + 1]! });
    });
    const to = (id: string): Place | null => targets.get(id) ?? null;
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
    if (reducedMotion() || !this.framed) {
      move(graph, to, 1, null);
      return settle();
    }
    const from = new Map(graph.mapNodes((id, { x, y }) => [id, { x, y } as Place]));
    const begun = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, (now - begun) / GLIDE_MS);
      move(graph, to, 1 - (1 - t) ** 3, from);
      if (t < 1) this.gliding = requestAnimationFrame(step);
      else settle();
    };
    this.gliding = requestAnimationFrame(step);
  }
}
