/** Neutralizes mentions and links in Markdown, which a forge creates from plain text even if it is escaped. */
export const neutralizeMentions = (markdown: string): string =>
  markdown
    .replaceAll(/@(?=[\w\\])/g, "@\u200b")
    .replaceAll(/#(?=\d)/g, "#\u200b")
    .replaceAll(/\b(gh)-(?=\d)/gi, "$1-\u200b")
    .replaceAll(/www(?=\\?\.)/gi, "$&\u200b")
    .replaceAll(/:(?=\\?\/)/g, ":\u200b");
