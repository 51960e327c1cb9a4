// The visible relationships as CSV, for spreadsheets.

import type { Shown } from "../library";

const HEAD = [
  "subject",
  "subject_kind",
  "relation",
  "object",
  "object_kind",
  "status",
  "contested",
  "role",
  "amount",
  "currency",
  "sources",
  "claims",
  "first_reported",
  "last_reported",
  "relationship_id",
];

/** A field: quoted where it must be, and never a formula to a spreadsheet. */
export function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv({ entities, links }: Shown): string {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const rows = links.map((link) => {
    const [subject, object] = [byId.get(link.subject), byId.get(link.object)];
    return [
      subject?.name,
      subject?.kind,
      link.type,
      object?.name,
      object?.kind,
      link.status,
      link.contested,
      link.role,
      link.amount?.value,
      link.amount?.currency,
      link.sources,
      link.claims,
      link.first_reported,
      link.last_reported,
      link.id,
    ];
  });
  return [HEAD, ...rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}
