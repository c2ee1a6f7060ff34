/** Quotes a text as one word of a shell command that is never read as an option or a home folder. */
export const shellWord = (text: string): string => (/^[\w./:+@%][\w./:+@%-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
