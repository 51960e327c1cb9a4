// Texts of articles. The service counts characters as code points; JavaScript's strings do not.

const CONTEXT = 220;

/** Part of a text by code points. */
export function slice(text: string, start: number, end: number): string {
  return [...text].slice(start, end).join("");
}

/** A part and the words around it, cut at spaces, with … where something is left out. */
export function around(
  text: string,
  start: number,
  end: number,
): { before: string; said: string; after: string } {
  const points = [...text];
  const from = Math.max(0, start - CONTEXT);
  const to = Math.min(points.length, end + CONTEXT);
  let before = points.slice(from, start).join("");
  let after = points.slice(end, to).join("");
  // The paragraph is context enough.
  before = before.slice(before.lastIndexOf("\n\n") + 1);
  const paragraph = after.indexOf("\n\n");
  if (paragraph >= 0) after = after.slice(0, paragraph);
  else if (to < points.length) after = `${after.replace(/\s+\S*$/, "")}…`;
  if (from > 0 && before.length > CONTEXT - 3) before = `…${before.replace(/^\S*\s+/, "")}`;
  return { before: before.trimStart(), said: points.slice(start, end).join(""), after: after.trimEnd() };
}

/** An address that a link may lead to, or null: only the web's own, no script. */
export function webAddress(url: string | null): string | null {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}
