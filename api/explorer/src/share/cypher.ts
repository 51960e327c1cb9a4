// The query of what is on screen, for Neo4j Browser: one statement that begins with the ids. Set by a
// command of their own they would make it a script, whose results Browser does not draw.

import statement from "../../../../cypher/explorer/on_screen.cypher?raw";

const quoted = (id: string): string => `'${id.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Neo4j Browser draws no more than this unless it is told to. */
const DRAWN = 300;

export function cypher(all: readonly string[]): string {
  const ids = all.slice(0, DRAWN);
  const body = statement
    .split("\n")
    .filter((line) => !line.startsWith("//"))
    .join("\n")
    .trim();
  return `WITH [${ids.map(quoted).join(", ")}] AS ids\n${body.replaceAll("$ids", "ids")}\n`;
}

/** Where Neo4j Browser opens with the query in its editor. */
export const browserAddress = (query: string): string =>
  `/browser?${new URLSearchParams({ query }).toString()}`;
