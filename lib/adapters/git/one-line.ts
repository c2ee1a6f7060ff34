/** The single line that a command prints, without its line feed only: it may end with a space. */
export const oneLine = (text: string): string => text.replace(/\n$/, "");
