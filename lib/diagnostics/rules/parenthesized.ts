export const parenthesized = (text: string | undefined): string => (text ? ` (${text})` : "");
