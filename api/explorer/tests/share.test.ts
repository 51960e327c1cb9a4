import { describe, expect, it } from "vitest";
import { csv, field } from "../src/share/csv";
import { browserAddress, cypher } from "../src/share/cypher";
import { graphml, xml } from "../src/share/graphml";
import { svg } from "../src/share/svg";
import type { Shown } from "../src/library";

const SHOWN: Shown = {
  entities: [
    { id: "person-a", name: 'A "<&>', kind: "Person" },
    { id: "company-b", name: "B, SA", kind: "Company" },
    { id: "organization-c", name: "C", kind: "Organization" },
    { id: "product-d", name: "D", kind: "Product" },
  ],
  links: [
    {
      id: "fact-1",
      type: "HIRED_BY",
      subject: "person-a",
      object: "company-b",
      status: "hedged",
      contested: false,
      role: '=HYPERLINK("x")',
      amount: { value: 2e8, currency: "USD", bound: "about", purpose: "package" },
      start: null,
      end: null,
      sources: 2,
      claims: 3,
      first_reported: "2025-07-01",
      last_reported: null,
    },
  ],
};

describe("GraphML", () => {
  it("holds every entity and relationship, and escapes what would be markup", () => {
    const text = graphml(SHOWN);
    expect(text.match(/<node /g)).toHaveLength(4);
    expect(text.match(/<edge /g)).toHaveLength(1);
    expect(text).toContain("A &quot;&lt;&amp;&gt;");
    expect(text).toContain('<data key="e_sources">2</data>');
    expect(text).not.toContain("e_last_reported\">null");
  });

  it("leaves out what XML does not allow", () => {
    expect(xml("a\u0000\u0008b\ud800c😀")).toBe("abc😀");
  });
});

describe("CSV", () => {
  it("quotes where it must, and holds no formula", () => {
    const [head, row] = csv(SHOWN).split("\r\n");
    expect(head?.split(",")).toHaveLength(15);
    expect(row).toContain('"A ""<&>"');
    expect(row).toContain('"B, SA"');
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it.each([
    ["-1", "'-1"],
    [-1, "-1"],
    [null, ""],
    ["a\nb", '"a\nb"'],
  ])("writes %s as a field", (value, expected) => {
    expect(field(value)).toBe(expected);
  });
});

describe("Cypher", () => {
  it("is one statement with the ids in it, which nothing in them can leave", () => {
    const text = cypher(["company-b", "x'] RETURN 1 //\\"]);
    expect(text.split("\n")[0]).toBe("WITH ['company-b', 'x\\'] RETURN 1 //\\\\'] AS ids");
    expect(text).toContain("WHERE entity.id IN ids");
    expect(text).not.toMatch(/[$;]/);
    expect(text).not.toContain("// parameters");
    expect(decodeURIComponent(browserAddress("a b&c"))).toBe("/browser?query=a+b&c");
  });
});

describe("SVG", () => {
  it("draws each kind in its shape and each status in its stroke", () => {
    const text = svg(SHOWN, (id) => ({ x: id.length * 10, y: 20 }), "light");
    expect(text).toContain("<circle");
    expect(text).toContain('stroke-dasharray="7 6"');
    expect(text).toContain("A &quot;&lt;&amp;&gt;");
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("leaves out what has no place", () => {
    const text = svg(SHOWN, () => null, "dark");
    expect(text).not.toContain("<circle");
    expect(text).not.toMatch(/NaN|Infinity/);
  });
});
