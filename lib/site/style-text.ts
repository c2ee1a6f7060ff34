/** The style for inclusion in a page: URLs are resolved against its assets. */
export const styleText = (style: string, assets: string): string => style.replaceAll("url(", `url(${assets}`);
