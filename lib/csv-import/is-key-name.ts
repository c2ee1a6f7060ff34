export const EXACT = /^(id|key|code|uuid|guid)$/;

export const ENDING = /_(id|key|code|uuid|guid|nr|isbn|iban)$/;

/** Whether a column is named like a key. */
export const isKeyName = (name: string): boolean => EXACT.test(name) || ENDING.test(name);

export const isExactKeyName = (name: string): boolean => EXACT.test(name);
