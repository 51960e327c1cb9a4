// What the API answers, as far as the explorer looks at it.

export const KINDS = ["Person", "Company", "Organization", "Product"] as const;
export type Kind = (typeof KINDS)[number];

export const RELATIONS = [
  "HIRED_BY",
  "WORKED_AT",
  "LEADS",
  "FOUNDED",
  "INVESTED_IN",
  "ACQUIRED",
  "PART_OF",
  "DEVELOPS",
  "WORKED_ON",
  "USES",
  "PARTNERED_WITH",
  "RECRUITED_BY",
] as const;
export type Relation = (typeof RELATIONS)[number];

export const STATUSES = ["asserted", "reported", "hedged", "planned", "denied"] as const;
export type Status = (typeof STATUSES)[number];

export interface Entity {
  id: string;
  name: string;
  kind: Kind;
}

export interface EntityDetail extends Entity {
  aliases: string[];
  articles: number;
  sources: number;
  relationships: number;
}

export interface Hit extends EntityDetail {
  matched?: string | null;
}

export interface Amount {
  value: number;
  currency: string;
  bound: "exact" | "at_least" | "at_most" | "about";
  purpose: "package" | "investment" | "price" | "valuation" | null;
}

export interface VagueDate {
  earliest: string | null;
  latest: string | null;
}

interface Qualified {
  status: Status;
  role: string | null;
  amount: Amount | null;
  start: VagueDate | null;
  end: VagueDate | null;
}

export interface Link extends Qualified {
  id: string;
  type: Relation;
  subject: string;
  object: string;
  contested: boolean;
  sources: number;
  claims: number;
  first_reported: string | null;
  last_reported: string | null;
}

export interface Picture {
  entities: Entity[];
  relationships: Link[];
}

/** A picture in columns: one value in each list for each entity, or each relationship. */
export interface Wide {
  entities: { id: string[]; name: string[]; kind: Kind[] };
  relationships: {
    id: string[];
    type: Relation[];
    /** Places in the list of entities. */
    subject: number[];
    object: number[];
    status: Status[];
    contested: boolean[];
    sources: number[];
    claims: number[];
    first_reported: (string | null)[];
    last_reported: (string | null)[];
    details: (Partial<Pick<Link, "role" | "start" | "end">> & {
      at: number;
      amount?: Partial<Amount> & Pick<Amount, "value" | "currency">;
    })[];
  };
}

export interface Recent extends Picture {
  since: string | null;
  until: string | null;
}

export interface Neighbours extends Picture {
  more: number;
}

export interface Named {
  id: string;
  name: string;
}

export interface Claim extends Qualified {
  id: string;
  relationship_id: string;
  type: Relation;
  subject: Named;
  object: Named;
  attributed_to: Named | null;
  source: string;
  quote: { text: string; start: number; end: number };
  confidence: number;
}

export interface ArticleRef {
  id: string;
  title: string | null;
  outlet: string | null;
  url: string | null;
  published: string | null;
}

export interface Evidence extends Claim {
  article: ArticleRef;
}

export interface Mentioned extends Entity {
  name_in_article: string;
  mentions: { start: number; end: number }[];
}

export interface Article extends ArticleRef {
  text: string;
  skipped: string | null;
  entities: Mentioned[];
  claims: Claim[];
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Paths {
  paths: { length: number; entities: Entity[]; steps: { relationship: { id: string } }[] }[];
}

export interface Flow {
  origin: Entity;
  destination: Entity;
  people: number;
  moves: { person: Entity; day: string | null; left: string; joined: string }[];
}
