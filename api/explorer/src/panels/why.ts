// Why is this edge here? Every claim behind it, the newest first, with its words in their context,
// who says so and how surely; where the press contradicts itself, the two sides beside each other.

import { ApiError, api } from "../api";
import { button, fill, h } from "../dom";
import { type Side, contradictions } from "../contradictions";
import type { Explorer } from "../explorer";
import { around, webAddress } from "../text";
import type { Article, Evidence, Link } from "../types";
import { amount, day, vague, w } from "../words";
import { sentence } from "./list";
import { statusMark, statusTag } from "./marks";

const articles = new Map<string, Promise<Article>>();

export function forgetArticles(): void {
  articles.clear();
}

export function renderWhy(panel: HTMLElement, explorer: Explorer): void {
  const { link: id } = explorer.state;
  if (id === null) return;
  const link = explorer.link(id);
  const by = explorer.knownAt;
  const of = [id, document.documentElement.lang, by, link?.status, link?.claims].join(" ");
  if (panel.dataset.link === of) return;
  panel.dataset.link = of;
  const claims = h("div", { class: "claims", "aria-busy": "true" }, h("p", { class: "quiet" }, w.loading));
  fill(
    panel,
    h(
      "button",
      { type: "button", class: "close", "aria-label": w.why.close, onclick: () => explorer.chooseNothing() },
      "×",
    ),
    h("p", { class: "quiet kind" }, w.why.title),
    link && h("h2", {}, sentence(link, explorer)),
    link && summary(link),
    claims,
  );
  void load(claims, id, by, () => panel.dataset.link === of);
}

/** What all claims say together. */
function summary(link: Link): HTMLElement {
  const rows: [string, string | null][] = [
    [w.why.role, link.role],
    [w.why.amount, amountOf(link)],
    [w.why.start, vague(link.start)],
    [w.why.end, vague(link.end)],
  ];
  return h(
    "div",
    { class: "summary" },
    h("p", {}, statusTag(link), " ", w.why.all(link.claims, link.sources)),
    ...facts(rows),
  );
}

const amountOf = ({ amount: sum }: { amount: Link["amount"] }): string | null =>
  sum && `${amount(sum)}${sum.purpose ? ` (${w.purpose[sum.purpose]})` : ""}`;

function facts(rows: [string, string | null][]): HTMLElement[] {
  const known = rows.filter(([, value]) => value);
  if (!known.length) return [];
  return [
    h("dl", {}, ...known.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
  ];
}

async function load(
  claims: HTMLElement,
  id: string,
  by: string | undefined,
  wanted: () => boolean,
  before: Evidence[] = [],
  cursor?: string,
): Promise<void> {
  try {
    const page = await api.evidence(id, by, cursor);
    if (!wanted()) return;
    const all = [...before, ...page.items];
    claims.removeAttribute("aria-busy");
    fill(
      claims,
      ...(all.length ? sides(all) : [h("p", { class: "quiet" }, w.why.nothing)]),
      page.next_cursor &&
        button(w.why.more, () => void load(claims, id, by, wanted, all, page.next_cursor!)),
    );
  } catch (error) {
    if (!(error instanceof ApiError) || !wanted()) return;
    claims.removeAttribute("aria-busy");
    fill(
      claims,
      h("p", { role: "alert" }, error.kind === "offline" ? w.offline.title : w.failed(error.message)),
      button(w.offline.retry, () => void load(claims, id, by, wanted, before, cursor)),
    );
  }
}

/** One column, or as many as there are sides where the press contradicts itself. */
function sides(claims: Evidence[]): HTMLElement[] {
  const found = contradictions(claims);
  if (!found) return [h("ol", { class: "cards" }, ...claims.map(card))];
  const column = (side: Side): HTMLElement => {
    const sums = side.sums.map((sum) => amount(sum));
    const title = side.denies ? w.why.against : found.amounts ? sums[0] : w.why.for;
    return h(
      "div",
      {},
      h("h3", {}, `${title} (${side.claims.length})`),
      !found.amounts && sums.length > 0 && h("p", { class: "quiet" }, `${w.why.amounts} : ${sums.join(" ≠ ")}`),
      h("ol", { class: "cards" }, ...side.claims.map(card)),
    );
  };
  return [
    h("h3", { class: "contradiction" }, found.amounts ? w.why.amounts : w.why.contradiction),
    h("div", { class: "sides" }, ...found.sides.map(column)),
    ...(found.rest.length ? [h("ol", { class: "cards" }, ...found.rest.map(card))] : []),
  ];
}

function card(claim: Evidence): HTMLLIElement {
  const { article } = claim;
  const quote = h("blockquote", {}, h("mark", {}, claim.quote.text));
  const link = webAddress(article.url);
  const percent = Math.round(claim.confidence * 100);
  void putInContext(quote, claim);
  return h(
    "li",
    { class: `card status-${claim.status}` },
    h(
      "p",
      { class: "where" },
      h("strong", {}, article.outlet ?? w.why.noOutlet),
      " · ",
      article.published
        ? h("time", { datetime: article.published }, day(article.published, "long"))
        : w.date.undated,
    ),
    article.title && h("p", { class: "title" }, article.title),
    quote,
    h(
      "p",
      { class: "says" },
      statusMark(claim.status),
      w.says(claim.status, claim.attributed_to?.name ?? null),
    ),
    ...facts([
      [w.why.role, claim.role],
      [w.why.amount, amountOf(claim)],
      [w.why.start, vague(claim.start)],
      [w.why.end, vague(claim.end)],
    ]),
    h(
      "p",
      { class: "quiet foot" },
      h("meter", { min: 0, max: 1, value: claim.confidence, "aria-label": w.why.confidence(percent) }),
      h("span", { title: w.why.confidenceHint }, w.why.confidence(percent)),
      link && h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, w.why.original),
    ),
  );
}

/** The quote among the words around it, once the article has come. */
async function putInContext(quote: HTMLElement, claim: Evidence): Promise<void> {
  const { id } = claim.article;
  let asked = articles.get(id);
  if (!asked) articles.set(id, (asked = api.article(id)));
  const article = await asked.catch(() => {
    articles.delete(id);
    return null;
  });
  if (!article) return;
  const { before, said, after } = around(article.text, claim.quote.start, claim.quote.end);
  if (said !== claim.quote.text) return;
  quote.title = w.why.context;
  fill(quote, before, h("mark", {}, said), after);
}
