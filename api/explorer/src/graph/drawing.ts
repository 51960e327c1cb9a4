// How sigma draws: shapes, strokes and labels, and which attribute says what.

import type Graph from "graphology";
import Sigma from "sigma";
import {
  extremityArrow,
  layerDashed,
  layerFill,
  pathCurved,
  pathLine,
  sdfCircle,
  sdfDiamond,
  sdfSquare,
  sdfTriangle,
} from "sigma/rendering";
import { DEFAULT_STYLES } from "sigma/types";
import { PALETTES, type Theme } from "./look";

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

/** A drawing of the graph that follows it. `large`: names are left out while it moves. */
export function drawing(graph: Graph, container: HTMLElement, theme: Theme, large: boolean): Sigma {
  const colours = PALETTES[theme];
  return new Sigma(graph, container, {
    primitives,
    settings: {
      autoRescale: true,
      itemSizesReference: "screen",
      enableEdgeEvents: true,
      enableNodeDrag: true,
      hideLabelsOnMove: large,
      renderEdgeLabels: true,
      edgePickingPadding: 5,
      nodePickingPadding: 3,
      stagePadding: 50,
      labelDensity: large ? 1 : 3,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 2,
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
          parallelPath: "curved",
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
}
