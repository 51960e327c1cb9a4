// Bring your own: paste or drop an article, watch what is found in it, see it in the graph.

import { ApiError, api } from "../api";
import { button, fill, h, reducedMotion } from "../dom";
import type { Explorer } from "../explorer";
import { type Mark, segments } from "../segments";
import type { Article } from "../types";
import { amount, w } from "../words";
import { statusMark } from "./marks";

const MOST_BYTES = 1_000_000;
const REVEAL_MS = 2_500;
const LEAST_MS = 40;

/** What has been typed stays when the reader looks elsewhere and comes back. */
let draft = { text: "", outlet: "", published: "" };

export function renderRead(panel: HTMLElement, explorer: Explorer): void {
  const answer = h("div", { class: "reading", role: "status" });
  const text = h("textarea", {
    id: "article",
    rows: 12,
    value: draft.text,
    oninput: () => (draft = { ...draft, text: text.value }),
  });
  const field = (name: "outlet" | "published", label: string, type: string): HTMLElement =>
    h(
      "label",
      {},
      label,
      h("input", {
        type,
        value: draft[name],
        maxlength: 300,
        oninput: (event: Event) => (draft = { ...draft, [name]: (event.target as HTMLInputElement).value }),
      }),
    );
  const file = h("input", {
    type: "file",
    id: "file",
    accept: ".txt,.md,.html,.htm,text/plain,text/markdown,text/html",
    onchange: () => void take(file.files?.[0]),
  });
  const take = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) return fill(answer, h("p", { role: "alert" }, w.read.tooBig));
    const content = await chosen.text();
    const plain = /\.html?$/i.test(chosen.name) ? withoutMarkup(content) : content;
    draft = { ...draft, text: plain };
    text.value = plain;
    text.focus();
  };
  const go = async (): Promise<void> => {
    if (!draft.text.trim()) {
      fill(answer, h("p", { role: "alert" }, w.read.empty));
      return text.focus();
    }
    fill(answer, h("p", {}, h("span", { class: "turning", "aria-hidden": "true" }), w.read.reading));
    const article: Record<string, string> = { text: draft.text };
    if (draft.outlet.trim()) article.outlet = draft.outlet.trim();
    if (draft.published) article.published = draft.published;
    try {
      const read = await api.add(article);
      draft = { text: "", outlet: "", published: "" };
      reveal(panel, explorer, read, read.outcome);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fill(answer, h("p", { role: "alert" }, error.kind === "offline" ? w.offline.text : w.failed(error.message)));
    }
  };
  const form = h(
    "form",
    {
      class: "bring",
      onsubmit: (event: Event) => {
        event.preventDefault();
        void go();
      },
      ondragover: (event: DragEvent) => {
        event.preventDefault();
        form.classList.add("dropping");
      },
      ondragleave: () => form.classList.remove("dropping"),
      ondrop: (event: DragEvent) => {
        event.preventDefault();
        form.classList.remove("dropping");
        void take(event.dataTransfer?.files[0]);
      },
    },
    h("label", { for: "article" }, w.read.label),
    text,
    h("div", { class: "fields" }, field("outlet", w.read.outlet, "text"), field("published", w.read.published, "date")),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary" }, w.read.go),
      h("label", { class: "filelabel", for: "file" }, w.read.choose),
      file,
    ),
  );
  fill(panel, h("h2", {}, w.read.title), h("p", { class: "quiet" }, w.read.text), form, answer);
}

/** The words of a page. Parsed apart from this one: nothing in it is loaded or run. */
function withoutMarkup(markup: string): string {
  const kept = markup
    .replace(/<(script|style|nav|header|footer|aside|head)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<\/(p|div|h[1-6]|li|blockquote|section|article|tr)\s*>/gi, "\n\n")
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<[^>]*>/g, "");
  const entity: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", laquo: "«", raquo: "»", eacute: "é", egrave: "è", agrave: "à", ccedil: "ç", rsquo: "’", hellip: "…" };
  return kept
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number(code))))
    .replace(/&(\w+);/g, (whole, name: string) => entity[name] ?? whole)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The text with what was found in it, in the order of the text, as it would be read. */
function reveal(panel: HTMLElement, explorer: Explorer, article: Article, outcome: string): void {
  const marks: Mark[] = [
    ...article.claims.map(({ id, quote }) => ({ start: quote.start, end: quote.end, layer: "claim" as const, id })),
    ...article.entities.flatMap((entity) =>
      entity.mentions.map(({ start, end }) => ({ start, end, layer: "entity" as const, id: entity.id })),
    ),
  ];
  const kinds = new Map(article.entities.map((entity) => [entity.id, entity.kind]));
  const spans = segments(article.text, marks).map(({ text, claims, entity }) =>
    h(
      "span",
      {
        class: [claims.length && "in-claim", entity && "in-entity", entity && `is-${kinds.get(entity)}`, "waits"]
          .filter(Boolean)
          .join(" "),
        title: entity ? w.kind[kinds.get(entity)!] : undefined,
      },
      text,
    ),
  );
  const claims = article.claims.map((claim) => ({
    end: claim.quote.end,
    element: h(
      "li",
      { class: "waits" },
      statusMark(claim.status),
      h("strong", {}, claim.subject.name),
      " ",
      h("em", {}, w.relation[claim.type]),
      " ",
      h("strong", {}, claim.object.name),
      h("small", {}, ` ${[w.says(claim.status, claim.attributed_to?.name ?? null), claim.role, amount(claim.amount)].filter(Boolean).join(" · ")}`),
    ),
  }));
  const done = h("div", { role: "status" });
  fill(
    panel,
    h("h2", {}, article.title ?? w.read.title),
    h(
      "div",
      { class: "read" },
      h("div", { class: "text", tabindex: 0, role: "region", "aria-label": w.read.label }, ...spans),
      h("div", {}, h("h3", {}, w.read.claims), h("ol", { class: "found" }, ...claims.map(({ element }) => element)), done),
    ),
  );
  const finish = (): void => {
    fill(
      done,
      h("p", {}, verdict(article)),
      outcome === "unchanged" && h("p", { class: "quiet" }, w.read.unchanged),
      h(
        "p",
        { class: "actions" },
        article.claims.length > 0 &&
          button(w.read.show, () => void light(explorer, article), { class: "primary" }),
        button(w.read.again, () => renderRead(panel, explorer)),
        button(w.read.forget, () => void forget(panel, explorer, article.id)),
      ),
    );
  };
  unveil(spans, claims.map(({ element }) => element), finish);
}

function verdict(article: Article): string {
  if (article.skipped) return w.read.skipped(article.skipped);
  if (!article.claims.length) return w.read.nothing;
  return w.read.found(article.entities.length, article.claims.length);
}

function unveil(spans: HTMLElement[], claims: HTMLElement[], finish: () => void): void {
  const all = [...spans, ...claims];
  if (reducedMotion()) {
    for (const each of all) each.classList.remove("waits");
    return finish();
  }
  const pause = Math.max(LEAST_MS, REVEAL_MS / Math.max(1, spans.length));
  const at = performance.now();
  let shown = 0;
  const step = (now: number): void => {
    const upTo = Math.min(spans.length, Math.ceil((now - at) / pause));
    for (; shown < upTo; shown += 1) spans[shown]!.classList.remove("waits");
    const share = Math.floor((claims.length * shown) / Math.max(1, spans.length));
    for (const each of claims.slice(0, share)) each.classList.remove("waits");
    if (shown < spans.length) requestAnimationFrame(step);
    else {
      for (const each of claims) each.classList.remove("waits");
      finish();
    }
  };
  requestAnimationFrame(step);
}

/** The new entities in the graph, beside what was on screen. */
async function light(explorer: Explorer, article: Article): Promise<void> {
  const ids = new Set(article.claims.flatMap((claim) => [claim.subject.id, claim.object.id]));
  await explorer.light([...ids]);
}

async function forget(panel: HTMLElement, explorer: Explorer, id: string): Promise<void> {
  try {
    await api.remove(id);
    await explorer.forgot();
    renderRead(panel, explorer);
    panel.querySelector(".reading")?.append(h("p", {}, w.read.forgotten));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    panel.append(h("p", { role: "alert" }, w.failed(error.message)));
  }
}

