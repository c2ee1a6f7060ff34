/** The folder of a store for internal state, which is not published. */
export const PRIVATE_FOLDER = ".factpress";
