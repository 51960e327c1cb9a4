// How kinds and statuses look. Colour is never the only difference: kinds differ in shape, statuses
// in the stroke of their lines.

import type { Kind, Link, Relation, Status } from "../types";

export type Theme = "light" | "dark";

export interface Palette {
  paper: string;
  ink: string;
  faint: string;
  chosen: string;
  kind: Record<Kind, string>;
  family: Record<Family, string>;
  denied: string;
}

/** Relations by what they are about; each family has a colour. */
export type Family = "people" | "money" | "making";

const FAMILY: Record<Relation, Family> = {
  HIRED_BY: "people",
  WORKED_AT: "people",
  LEADS: "people",
  RECRUITED_BY: "people",
  FOUNDED: "people",
  INVESTED_IN: "money",
  ACQUIRED: "money",
  PART_OF: "making",
  DEVELOPS: "making",
  WORKED_ON: "making",
  USES: "making",
  PARTNERED_WITH: "making",
};
export const family = (relation: Relation): Family => FAMILY[relation];

export const PALETTES: Record<Theme, Palette> = {
  light: {
    paper: "#fbf9f4",
    ink: "#1f2733",
    faint: "#cfc9bb",
    chosen: "#b3261e",
    kind: { Person: "#d9822b", Company: "#2f6da8", Organization: "#2e7d71", Product: "#7d57b3" },
    family: { people: "#7c8798", money: "#2f7d4f", making: "#a08bc4" },
    denied: "#b3261e",
  },
  dark: {
    paper: "#14181f",
    ink: "#e8e4da",
    faint: "#39414e",
    chosen: "#ff7a6b",
    kind: { Person: "#f0a95c", Company: "#6aa9e0", Organization: "#5fbcae", Product: "#b394e0" },
    family: { people: "#8792a5", money: "#5fb883", making: "#9a86bd" },
    denied: "#ff7a6b",
  },
};

export const SHAPE: Record<Kind, string> = {
  Person: "circle",
  Company: "square",
  Organization: "diamond",
  Product: "triangle",
};

/** The stroke of a line in pixels: how long a dash and how long a gap; no gap is a whole line. */
export const STROKE: Record<Status, { dash: number; gap: number }> = {
  asserted: { dash: 12, gap: 0 },
  reported: { dash: 18, gap: 4 },
  hedged: { dash: 7, gap: 6 },
  planned: { dash: 3, gap: 4 },
  denied: { dash: 2, gap: 12 },
};

/** Several sources make a thicker line. */
export const width = (link: Link): number => Math.min(8, 2.6 + 1.3 * Math.max(0, link.sources - 1));

export const nodeSize = (degree: number): number => Math.min(22, 7 + 2.6 * Math.sqrt(degree));
