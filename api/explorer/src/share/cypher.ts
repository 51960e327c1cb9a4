// The query of what is on screen, for Neo4j Browser: the ids as a parameter, then the statement.

import statement from "../../../../cypher/explorer/on_screen.cypher?raw";

const quoted = (id: string): string => `'${id.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

export function cypher(ids: readonly string[]): string {
  const body = statement
    .split("\n")
    .filter((line) => !line.startsWith("//"))
    .join("\n")
    .trim();
  return `:param ids => [${ids.map(quoted).join(", ")}];\n${body};\n`;
}

/** Where Neo4j Browser opens with the query in its editor. */
export const browserAddress = (query: string): string =>
  `/browser?${new URLSearchParams({ query }).toString()}`;
