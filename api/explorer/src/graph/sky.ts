// A graph of thousands, as the stars behind what is looked at: all entities as points and all
// relationships as hairlines, held in arrays that go to the graphics card as they are. What is chosen,
// its neighbours and the best connected stand before it, drawn like any smaller graph.

import type { Shown } from "../library";
import { KINDS } from "../types";
import { type Family, PALETTES, type Theme, family } from "./look";
import { type Place, constellation } from "./places";

const FAMILIES: readonly Family[] = ["making", "people", "money"];
/** Entities that are drawn like those of a smaller graph, with their names. */
const NAMED = 80;
const NEAR = 400;

export class Sky {
  readonly ids: string[];
  readonly degree: Uint32Array;
  /** Two nodes for each link. */
  readonly ends: Uint32Array;
  /** Kind and size of each node, a byte each. */
  readonly looks: Uint8Array;
  /** The ends of the links of each family. */
  readonly lines: Uint32Array[];
  /** x and y of each node. */
  places: Float32Array;
  private readonly index: Map<string, number>;

  /** Those that were in the sky before keep their places. */
  constructor(
    readonly shown: Shown,
    before: Sky | null,
  ) {
    const { entities, links } = shown;
    this.ids = entities.map(({ id }) => id);
    this.index = new Map(this.ids.map((id, i) => [id, i]));
    this.ends = new Uint32Array(links.length * 2);
    this.degree = new Uint32Array(entities.length);
    const of = FAMILIES.map((): number[] => []);
    links.forEach((link, i) => {
      const [from, to] = [this.index.get(link.subject)!, this.index.get(link.object)!];
      this.ends[i * 2] = from;
      this.ends[i * 2 + 1] = to;
      this.degree[from]! += 1;
      this.degree[to]! += 1;
      of[FAMILIES.indexOf(family(link.type))]!.push(from, to);
    });
    this.lines = of.map((ends) => Uint32Array.from(ends));
    this.looks = new Uint8Array(entities.length * 2);
    entities.forEach(({ kind }, i) => {
      this.looks[i * 2] = KINDS.indexOf(kind);
      this.looks[i * 2 + 1] = Math.min(16, 3 + 0.8 * Math.sqrt(this.degree[i]!)) * 8;
    });
    this.places = before ? this.asIn(before) : constellation(this.ends, this.degree);
  }

  private asIn(before: Sky): Float32Array {
    const places = new Float32Array(this.ids.length * 2);
    let fresh: Float32Array | null = null;
    this.ids.forEach((id, i) => {
      const at = before.at(id);
      fresh = at ? fresh : (fresh ?? constellation(this.ends, this.degree));
      places[i * 2] = at ? at.x : fresh![i * 2]!;
      places[i * 2 + 1] = at ? at.y : fresh![i * 2 + 1]!;
    });
    return places;
  }

  at(id: string): Place | null {
    const i = this.index.get(id);
    return i === undefined ? null : { x: this.places[i * 2]!, y: this.places[i * 2 + 1]! };
  }

  name(id: string): string {
    return this.shown.entities[this.index.get(id) ?? -1]?.name ?? id;
  }

  /** How many relationships each entity has. */
  get degrees(): Pick<ReadonlyMap<string, number>, "get" | "has"> {
    const of = (id: string): number => this.degree[this.index.get(id) ?? -1] ?? 0;
    return { get: of, has: (id) => of(id) > 0 };
  }

  move(id: string, { x, y }: Place): void {
    const i = this.index.get(id);
    if (i === undefined) return;
    // Another array tells the drawing that it has to be sent anew.
    this.places = this.places.slice();
    this.places.set([x, y], i * 2);
  }

  /** Whether all of this is in it, and nothing else: places do not matter. */
  holds({ entities, links }: Shown): boolean {
    return (
      this.shown.entities.length === entities.length &&
      this.shown.links.length === links.length &&
      entities.every(({ id }, i) => id === this.ids[i]) &&
      links.every(({ id }, i) => id === this.shown.links[i]!.id)
    );
  }

  /** The box that nearly all of it lies in: a few far out shall not make the rest small. */
  box(): { x: [number, number]; y: [number, number] } {
    // A few thousand tell as much as all of them.
    const step = 2 * Math.max(1, Math.floor(this.ids.length / 4000));
    const side = (from: number): [number, number] => {
      const some = new Float32Array(Math.ceil((this.places.length - from) / step));
      for (let i = 0; i < some.length; i += 1) some[i] = this.places[from + i * step]!;
      some.sort();
      const edge = Math.ceil(some.length * 0.002);
      return [some[edge] ?? 0, some[some.length - 1 - edge] ?? 0];
    };
    return { x: side(0), y: side(1) };
  }

  /** The nearest entity within a distance. */
  nearest({ x, y }: Place, within: number): string | null {
    let [least, best] = [within * within, -1];
    for (let i = 0; i < this.ids.length; i += 1) {
      const [dx, dy] = [this.places[i * 2]! - x, this.places[i * 2 + 1]! - y];
      const far = dx * dx + dy * dy;
      if (far < least) [least, best] = [far, i];
    }
    return this.ids[best] ?? null;
  }

  /** What stands before the sky: the best connected, and what is near to what is chosen. */
  front(near: ReadonlySet<string> | null, touched: (link: Shown["links"][number]) => boolean): Shown {
    const ranked = this.degree.slice().sort();
    const least = ranked[Math.max(0, ranked.length - NAMED)] ?? 0;
    const on = new Set([...(near ?? [])].slice(0, NEAR));
    let rest = NAMED;
    this.ids.forEach((id, i) => {
      if (this.degree[i]! >= least && rest > 0) {
        on.add(id);
        rest -= 1;
      }
    });
    return {
      entities: this.shown.entities.filter(({ id }) => on.has(id)),
      links: near
        ? this.shown.links.filter(
            (link) => touched(link) && on.has(link.subject) && on.has(link.object),
          )
        : [],
    };
  }
}

const VERTEX = `#version 300 es
uniform mat3 u_matrix;
uniform vec3 u_box;
in vec2 a_place;
vec4 placed() {
  return vec4((u_matrix * vec3((a_place - u_box.xy) * u_box.z + 0.5, 1.0)).xy, 0.0, 1.0);
}`;

const LINE = [
  `${VERTEX}
void main() { gl_Position = placed(); }`,
  `#version 300 es
precision mediump float;
uniform vec4 u_colour;
out vec4 colour;
void main() { colour = u_colour; }`,
] as const;

// The shapes that kinds have (look.ts), in their order.
const POINT = [
  `${VERTEX}
uniform float u_scale;
uniform vec3 u_kinds[4];
in vec2 a_look;
flat out int v_kind;
flat out vec3 v_colour;
void main() {
  gl_Position = placed();
  v_kind = int(a_look.x);
  v_colour = u_kinds[v_kind];
  gl_PointSize = max(2.0, a_look.y / 8.0 * u_scale);
}`,
  `#version 300 es
precision mediump float;
uniform float u_alpha;
flat in int v_kind;
flat in vec3 v_colour;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  vec2 off = abs(at);
  bool out_ = v_kind == 0 ? dot(at, at) > 1.0
    : v_kind == 1 ? max(off.x, off.y) > 0.86
    : v_kind == 2 ? off.x + off.y > 1.0
    : off.x > 0.5 * (at.y + 1.0) || at.y > 0.9;
  if (out_) discard;
  colour = vec4(v_colour * u_alpha, u_alpha);
}`,
] as const;

interface Params {
  matrix: Float32Array;
  pixelRatio: number;
  zoomRatio: number;
  sizeRatio: number;
}

export interface Sight {
  sky: Sky;
  theme: Theme;
  /** Whether something is chosen, and stands out before the rest. */
  faint: boolean;
  moving: boolean;
  /** Middle of the drawn box, and what a unit of it is by its longer side. */
  box: { x: [number, number]; y: [number, number] };
}

/** The program that draws a sky; sigma calls it in every frame, below everything else. */
export function starProgram(gl: WebGL2RenderingContext, sight: () => Sight | null): {
  render: (params: Params) => void;
  kill: () => void;
} {
  const [lines, points] = [link(gl, LINE), link(gl, POINT)];
  const [places, looks] = [gl.createBuffer(), gl.createBuffer()];
  const ends = FAMILIES.map(() => gl.createBuffer());
  const array = gl.createVertexArray();
  let [drawn, at]: [Sky | null, Float32Array | null] = [null, null];

  /** Send what has changed since the last frame. */
  function send(sky: Sky): void {
    if (at !== sky.places) {
      gl.bindBuffer(gl.ARRAY_BUFFER, places);
      gl.bufferData(gl.ARRAY_BUFFER, sky.places, gl.DYNAMIC_DRAW);
      at = sky.places;
    }
    if (drawn !== sky) {
      gl.bindBuffer(gl.ARRAY_BUFFER, looks);
      gl.bufferData(gl.ARRAY_BUFFER, sky.looks, gl.STATIC_DRAW);
      sky.lines.forEach((each, i) => {
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, ends[i]!);
        gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, each, gl.STATIC_DRAW);
      });
      drawn = sky;
    }
  }

  function use(program: WebGLProgram, matrix: Float32Array, { x, y }: Sight["box"]): void {
    gl.useProgram(program);
    gl.uniformMatrix3fv(gl.getUniformLocation(program, "u_matrix"), false, matrix);
    const unit = 1 / (Math.max(x[1] - x[0], y[1] - y[0]) || 1);
    gl.uniform3f(gl.getUniformLocation(program, "u_box"), (x[0] + x[1]) / 2, (y[0] + y[1]) / 2, unit);
  }

  return {
    render(params) {
      const seen = sight();
      if (!seen || seen.sky.ids.length === 0) return;
      const { sky, theme, faint, moving, box } = seen;
      const colours = PALETTES[theme];
      gl.bindVertexArray(array);
      send(sky);
      gl.bindBuffer(gl.ARRAY_BUFFER, places);
      gl.enableVertexAttribArray(0);
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
      if (!moving) {
        use(lines, params.matrix, box);
        gl.disableVertexAttribArray(1);
        // Nearer, there are fewer of them in view.
        const alpha = Math.min(0.5, 0.16 / Math.sqrt(params.zoomRatio)) * (faint ? 0.4 : 1);
        FAMILIES.forEach((each, i) => {
          gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, ends[i]!);
          const [r, g, b] = channels(colours.family[each]);
          gl.uniform4f(gl.getUniformLocation(lines, "u_colour"), r * alpha, g * alpha, b * alpha, alpha);
          gl.drawElements(gl.LINES, sky.lines[i]!.length, gl.UNSIGNED_INT, 0);
        });
      }
      use(points, params.matrix, box);
      gl.bindBuffer(gl.ARRAY_BUFFER, looks);
      gl.enableVertexAttribArray(1);
      gl.vertexAttribPointer(1, 2, gl.UNSIGNED_BYTE, false, 0, 0);
      gl.uniform3fv(
        gl.getUniformLocation(points, "u_kinds"),
        KINDS.flatMap((kind) => channels(colours.kind[kind])),
      );
      gl.uniform1f(gl.getUniformLocation(points, "u_scale"), params.pixelRatio / params.sizeRatio);
      gl.uniform1f(gl.getUniformLocation(points, "u_alpha"), faint ? 0.3 : 0.9);
      gl.drawArrays(gl.POINTS, 0, sky.ids.length);
      gl.bindVertexArray(null);
    },
    kill() {
      for (const buffer of [places, looks, ...ends]) gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
      gl.deleteProgram(lines);
      gl.deleteProgram(points);
    },
  };
}

function link(gl: WebGL2RenderingContext, [vertex, fragment]: readonly [string, string]): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.bindAttribLocation(program, 0, "a_place");
  gl.bindAttribLocation(program, 1, "a_look");
  gl.linkProgram(program);
  return program;
}

const channels = (colour: string): [number, number, number] => [
  parseInt(colour.slice(1, 3), 16) / 255,
  parseInt(colour.slice(3, 5), 16) / 255,
  parseInt(colour.slice(5, 7), 16) / 255,
];
