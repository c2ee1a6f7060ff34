/** A style as a page holds it: what it names lies where the page's assets are. */
export const styleText = (style: string, assets: string): string => style.replaceAll("url(", `url(${assets}`);
