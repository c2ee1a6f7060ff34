/** Key of the page for missing addresses. */
export const MISSING_PAGE = "pages/404.html";
