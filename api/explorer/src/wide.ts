// A picture that came in columns, as objects like those of any other.

import type { Entity, Link, Picture, Wide } from "./types";

export function unpacked({ entities: e, relationships: r }: Wide): Picture {
  const entities = e.id.map((id, i): Entity => ({ id, name: e.name[i]!, kind: e.kind[i]! }));
  const relationships = r.id.map(
    (id, i): Link => ({
      id,
      type: r.type[i]!,
      subject: e.id[r.subject[i]!]!,
      object: e.id[r.object[i]!]!,
      status: r.status[i]!,
      contested: r.contested[i]!,
      role: null,
      amount: null,
      start: null,
      end: null,
      sources: r.sources[i]!,
      claims: r.claims[i]!,
      first_reported: r.first_reported[i]!,
      last_reported: r.last_reported[i]!,
    }),
  );
  for (const { at, role, amount, start, end } of r.details) {
    const link = relationships[at];
    if (!link) continue;
    link.role = role ?? null;
    link.amount = amount ? { bound: "exact", purpose: null, ...amount } : null;
    link.start = start ?? null;
    link.end = end ?? null;
  }
  return { entities, relationships };
}
