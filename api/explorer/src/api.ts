// The service, asked over HTTP. Every failure is an ApiError whose `kind` says what to show.

import type {
  Article,
  EntityDetail,
  Evidence,
  Flow,
  Hit,
  Neighbours,
  Page,
  Paths,
  Picture,
  Recent,
  Wide,
} from "./types";
import { STATUSES } from "./types";

export type Failure = "offline" | "starting" | "missing" | "refused";

export class ApiError extends Error {
  constructor(
    readonly kind: Failure,
    message: string,
  ) {
    super(message);
  }
}

type Query = Record<string, string | number | readonly string[] | undefined>;

const STARTING_RETRY_MS = 1000;
const STARTING_TRIES = 60;

/** An id as the end of a path; those of articles may hold slashes. */
const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

function address(path: string, query: Query = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) asked.append(name, String(each));
  }
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

/** `onAge` hears for how many seconds the answer may have been out of date. */
async function once<T>(url: string, init: RequestInit, onAge?: (seconds: number) => void): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("offline", "no answer");
  }
  onAge?.(Number(response.headers.get("Age") ?? 0));
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { type?: string; detail?: string };
  const slug = problem.type?.split("/").pop();
  const kind: Failure =
    slug === "not-ready" ? "starting" : response.status === 404 ? "missing" : "refused";
  throw new ApiError(kind, problem.detail ?? `HTTP ${response.status}`);
}

/** Tells who wants to know that the service is still starting. */
export let onStarting: (starting: boolean) => void = () => {};
export function watchStarting(listener: typeof onStarting): void {
  onStarting = listener;
}

async function ask<T>(
  url: string,
  init: RequestInit = {},
  onAge?: (seconds: number) => void,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await once<T>(url, init, onAge);
      if (tries > 1) onStarting(false);
      return answer;
    } catch (error) {
      const starting = error instanceof ApiError && error.kind === "starting";
      if (!starting || tries === STARTING_TRIES) throw error;
      onStarting(true);
      await new Promise((resolve) => setTimeout(resolve, STARTING_RETRY_MS));
    }
  }
}

export const api = {
  recent: (limit: number) => ask<Recent>(address("/v1/graph/recent", { limit })),

  /** With `fresh` it waits for the graph as it is now; else it may be the one from before a change. */
  whole: async (fresh = false): Promise<{ wide: Wide; age: number }> => {
    let age = 0;
    const url = address("/v1/graph/wide", { fresh: fresh ? "true" : undefined });
    const wide = await ask<Wide>(url, {}, (seconds) => (age = seconds));
    return { wide, age };
  },

  /** With a day, as the press had told it by then. */
  among: (ids: readonly string[], known_at?: string) =>
    ask<Picture>(address("/v1/graph/among", { id: ids, status: STATUSES, known_at })),

  neighbours: (
    id: string,
    shown: readonly string[],
    limit: number,
    filters: { kind: string[]; type: string[]; status: string[]; min_sources: number },
  ) =>
    ask<Neighbours>(address("/v1/graph/neighbours", { id, shown, limit, ...filters })),

  moves: () =>
    ask<{ flows: Flow[] }>(
      address("/v1/flows/moves", { status: STATUSES.filter((each) => each !== "denied"), limit: 60 }),
    ),

  deals: () =>
    ask<Picture>(address("/v1/graph", { type: ["INVESTED_IN", "ACQUIRED"], limit: 500 })),

  search: (q: string, signal: AbortSignal) =>
    ask<Page<Hit>>(address("/v1/entities", { q, limit: 8 }), { signal }),

  entity: (id: string) => ask<EntityDetail>(`/v1/entities/${inPath(id)}`),

  evidence: (id: string, known_at?: string, cursor?: string) =>
    ask<Page<Evidence>>(
      address(`/v1/relationships/${inPath(id)}/evidence`, { cursor, known_at, limit: 20 }),
    ),

  article: (id: string) => ask<Article>(`/v1/articles/${inPath(id)}`),

  paths: (from: string, to: string, status: string[]) =>
    ask<Paths>(address("/v1/paths", { from, to, status, limit: 5 })),

  add: (article: Record<string, string>) =>
    ask<Article & { outcome: string }>("/v1/articles", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(article),
    }),

  remove: (id: string) => ask<void>(`/v1/articles/${inPath(id)}`, { method: "DELETE" }),
};
