/** A text as one word of a shell command, whatever it holds; no option and no home folder is made of it. */
export const shellWord = (text: string): string => (/^[\w./:+@%][\w./:+@%-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
