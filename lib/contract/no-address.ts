/** Stands for the address of a site where nobody said it; a browser puts its own in the place (`sayAddress`). */
export const NO_ADDRESS = "https://…";
