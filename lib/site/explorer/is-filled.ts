/** Whether a property has a value; an empty list is none. */
export const isFilled = (value: unknown): boolean => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
