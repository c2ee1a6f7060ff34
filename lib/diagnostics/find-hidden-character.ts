/** Zero-width characters without meaning in a value. Joiners and tags are excluded: emoji and several scripts need them. */
const HIDDEN = /\u034f|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\ufff9-\ufffb]/u;

export const findHiddenCharacter = (text: string): string | undefined => HIDDEN.exec(text)?.[0];
