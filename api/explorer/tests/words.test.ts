import { describe, expect, it } from "vitest";
import { STATUSES } from "../src/types";
import { amount, day, preferred, speak, vague, w } from "../src/words";
import { en } from "../src/words/en";
import { fr } from "../src/words/fr";

const keys = (words: object, under = ""): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? keys(value, `${under}${key}.`)
      : [`${under}${key}`],
  );

describe("the two languages", () => {
  it("have the same words", () => {
    expect(keys(en).sort()).toEqual(keys(fr).sort());
    expect(en.help.keys.length).toBe(fr.help.keys.length);
  });

  it("are chosen by the reader, then by the browser", () => {
    expect(preferred("en", ["fr-FR"])).toBe("en");
    expect(preferred(null, ["de-DE", "en-GB", "fr"])).toBe("en");
    expect(preferred(null, ["fr-CA"])).toBe("fr");
    expect(preferred("xx", ["de"])).toBe("fr");
  });

  it("say in plain words how surely, and by whom", () => {
    expect(fr.says("hedged", "Bloomberg")).toBe("au conditionnel, selon Bloomberg");
    expect(en.says("reported", "The Information")).toBe("reported, according to The Information");
    for (const words of [fr, en]) {
      expect(new Set(STATUSES.map((status) => words.says(status, null))).size).toBe(STATUSES.length);
    }
  });
});

describe("dates and amounts", () => {
  it("are written in the language of the page", () => {
    speak("fr");
    expect(day("2025-07-08", "long")).toBe("8 juillet 2025");
    expect(vague({ earliest: "2025-01-01", latest: "2025-12-31" })).toBe(
      "entre le 1 janv. 2025 et le 31 déc. 2025",
    );
    expect(amount({ value: 14.3e9, currency: "USD", bound: "about", purpose: null })).toMatch(/^environ 14,3\sMd\s\$US$/);
    speak("en");
    expect(vague({ earliest: null, latest: "2025-07-08" })).toBe("by Jul 8, 2025");
    expect(vague(null)).toBeNull();
    expect(amount({ value: 2e8, currency: "EUR", bound: "at_least", purpose: null })).toBe("at least €200M");
    expect(w).toBe(en);
  });
});
