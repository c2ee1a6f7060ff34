export const text = { type: "string" };

/** The schema of a table with the primary key `id`. */
export const table = (properties: object, more: object = {}): object => ({
  type: "array",
  primaryKey: ["id"],
  ...more,
  items: { type: "object", required: ["id"], properties: { id: text, ...properties } },
});

const LABELLED = table({ label: { ...text, role: "label" } });

/** Statements about people, each from a book. */
export const statementTables = (name: string): Record<string, object> => ({
  [name]: table({
    subject: { ...text, role: "subject", references: "people" },
    property: { ...text, role: "property" },
    value: { ...text, role: "value" },
    source: { ...text, role: "source", references: "books" },
  }),
  people: LABELLED,
  books: LABELLED,
});
