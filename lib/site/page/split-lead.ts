/** Maximum characters of the lead. */
const LEAD = 160;
/** A rest shorter than this stays in the lead. */
const SHORTEST_REST = 40;

/** The end of a sentence, excluding abbreviations such as "U.S." or "e.g.". */
const SENTENCE_END = /(?<=[\p{Ll}\p{N})\]”’"]{2}[.!?]["”’)]?)\s+(?=\p{Lu})|(?<=[。！？])/gu;

/** Splits a sentence that is too long between two words, or else between two characters. */
function cutSentence(text: string): string {
  const start = [...text].slice(0, LEAD).join("");
  const space = start.search(/\s\S*$/);
  return space > LEAD / 2 ? start.slice(0, space) : start;
}

/** Splits a description into its first sentences and the rest; a sentence that is too long is split with an ellipsis. */
export function splitLead(description: string): [lead: string, rest: string] {
  const text = description.trim();
  if (text.length <= LEAD + SHORTEST_REST) return [text, ""];
  const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index).filter((index) => index <= LEAD);
  const end = ends.at(-1);
  if (end !== undefined) return [text.slice(0, end), text.slice(end).trim()];
  const lead = cutSentence(text);
  return [`${lead} …`, `… ${text.slice(lead.length).trim()}`];
}
