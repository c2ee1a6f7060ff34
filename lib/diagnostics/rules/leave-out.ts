/** The remedy for a sign of a missing value, such as `n/a`. */
export const LEAVE_OUT = "If the value is not known, remove this column from the record.";
