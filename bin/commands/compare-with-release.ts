/** Advice for a check without a store, because git does not record releases. */
export const COMPARE_WITH_RELEASE = "To compare with a release, use --against STORE";
