/** Name of the feed of a dataset. */
export const FEED_FILE = "feed.xml";

/** Key of the feed of a dataset in its store. */
export const feedObjectKey = (dataset: string): string => `${dataset}/${FEED_FILE}`;
