// Elements from code. What comes from the press is always text, never markup.

type Child = Node | string | number | null | undefined | false;
type Props = Record<string, unknown>;

/** An element: `on…` are listeners, booleans are attributes that are there or not. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return furnish(document.createElement(tag), props, children);
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return furnish(document.createElementNS(SVG, tag), props, children);
}

function furnish<E extends Element>(element: E, props: Props, children: Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (name === "value") {
      (element as unknown as HTMLInputElement).value = String(value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...kept(children));
  return element;
}

/** Put these in the place of what an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...kept(children));
}

const kept = (children: Child[]): (Node | string)[] =>
  children.flatMap((child) =>
    child === null || child === undefined || child === false
      ? []
      : [child instanceof Node ? child : String(child)],
  );

/** A button with words on it. */
export function button(label: string, onclick: () => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...props }, label);
}

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What has the focus within an element, by its `data-key`; null when nothing that has one. */
export function focusKey(within: Element = document.body): string | null {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && within.contains(focused) ? (focused.dataset.key ?? null) : null;
}

/** Give the focus to what has this key, if it is there. */
export function refocus(key: string | null, within: Element = document.body): void {
  if (key === null) return;
  for (const each of within.querySelectorAll<HTMLElement>("[data-key]")) {
    if (each.dataset.key === key) return each.focus({ preventScroll: true });
  }
}

/** Fill an element anew; what had the focus has it again. */
export function refill(element: Element, ...children: Child[]): void {
  const key = focusKey(element);
  fill(element, ...children);
  refocus(key, element);
}

const unfolded = new Map<string, [of: number, shown: number]>();

/**
 * The first of many, and a button below that shows as many more: thousands at once would be slow.
 * How far a list of this name and length was unfolded is kept when it is filled anew.
 */
export function portion<T>(
  name: string,
  list: HTMLElement,
  below: HTMLElement,
  items: readonly T[],
  size: number,
  make: (item: T) => Node,
  label: (left: number) => string,
): void {
  const [of, before] = unfolded.get(name) ?? [0, 0];
  let shown = 0;
  const more = (by: number): void => {
    const first = shown;
    list.append(...items.slice(first, first + by).map(make));
    shown = Math.min(items.length, first + by);
    unfolded.set(name, [items.length, shown]);
    const left = items.length - shown;
    fill(below, left > 0 && button(label(left), () => more(size), { class: "more", "data-key": "more" }));
    if (first) list.children[first]?.querySelector<HTMLElement>("button")?.focus();
  };
  more(of === items.length ? Math.max(size, before) : size);
}

/** Let the browser draw and answer its reader before one goes on. */
export const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
