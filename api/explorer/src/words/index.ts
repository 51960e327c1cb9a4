// The language of the page: the browser's, until the reader chooses another; and how to write dates
// and amounts in it.

import type { Amount, VagueDate } from "../types";
import { en } from "./en";
import { fr, type Words } from "./fr";

export type Language = "fr" | "en";
export type { Words };

const KEPT = "mercato.language";

export const preferred = (kept: string | null, asked: readonly string[]): Language => {
  if (kept === "fr" || kept === "en") return kept;
  const first = asked.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "fr" || tag === "en");
  return first === "en" ? "en" : "fr";
};

export let language: Language = "fr";
export let w: Words = fr;

export function speak(chosen: Language, keep = false): void {
  language = chosen;
  w = chosen === "fr" ? fr : en;
  if (keep) localStorage.setItem(KEPT, chosen);
  if (typeof document !== "undefined") document.documentElement.lang = chosen;
}

export const keptLanguage = (): string | null => localStorage.getItem(KEPT);

/** A day such as 2025-07-08, in words. */
export function day(iso: string, month: "short" | "long" = "short"): string {
  const [y, m, d] = iso.split("-").map(Number);
  const date = new Date(Date.UTC(y ?? 0, (m ?? 1) - 1, d ?? 1));
  return new Intl.DateTimeFormat(language, {
    day: "numeric",
    month,
    year: "numeric",
    timeZone: "UTC",
  }).format(date);
}

export function vague(date: VagueDate | null): string | null {
  if (!date) return null;
  const { earliest, latest } = date;
  if (earliest && latest) {
    return earliest === latest ? w.date.on(day(earliest)) : w.date.between(day(earliest), day(latest));
  }
  if (earliest) return w.date.from(day(earliest));
  return latest ? w.date.until(day(latest)) : null;
}

export function amount(sum: Amount | null): string | null {
  if (!sum) return null;
  const short = new Intl.NumberFormat(language, {
    style: "currency",
    currency: sum.currency,
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(sum.value);
  return `${w.bound[sum.bound]}${short}`;
}
