/** The single line that a command printed. Only the line feed is removed: names may end with a space. */
export const oneLine = (text: string): string => text.replace(/\n$/, "");
