export const MAX_SHOWN = 80;

/** Untrusted names and values may be long. */
export const truncate = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}…` : text);
