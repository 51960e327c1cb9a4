import { describe, expect, it } from "vitest";
import { around, slice, webAddress } from "../src/text";

describe("texts", () => {
  it("are counted in code points, as the service counts", () => {
    expect(slice("a😀é b", 1, 3)).toBe("😀é");
    expect(around("😀😀 Meta recrute.", 3, 7)).toEqual({ before: "😀😀 ", said: "Meta", after: " recrute." });
  });

  it("are cut to the paragraph of the quote", () => {
    const { before, after } = around("Un.\n\nDeux trois. Quatre.\n\nCinq.", 10, 16);
    expect(before).toBe("Deux ");
    expect(after).toBe(" Quatre.");
  });

  it("say where something is left out", () => {
    const text = `${"mot ".repeat(200)}CIBLE ${"mot ".repeat(200)}`;
    const { before, said, after } = around(text, 800, 805);
    expect(said).toBe("CIBLE");
    expect(before.startsWith("…mot")).toBe(true);
    expect(after.endsWith("mot…")).toBe(true);
  });
});

describe("addresses", () => {
  it.each([
    ["https://gazette.example/a", "https://gazette.example/a"],
    ["javascript:alert(1)", null],
    [" JaVaScRiPt:alert(1)", null],
    ["data:text/html,x", null],
    ["nonsense", null],
    [null, null],
  ])("of articles lead to the web only: %s", (url, expected) => {
    expect(webAddress(url)).toBe(expected);
  });
});
