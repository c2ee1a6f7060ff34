/** The text of a JSON file, indented for people. */
export const jsonFileText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
