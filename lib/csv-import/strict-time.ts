/** The form of a time in RFC 3339, section 5.6, as strict validators of `date-time` require it. */
export const STRICT_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
