/** The folder of a store that is not published: no reader needs it, and the edge serves nothing of it. */
export const PRIVATE_FOLDER = ".factpress";
