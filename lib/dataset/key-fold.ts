/** What people see of a key: without differences of case, normal form, white space and characters that show nothing. */
export const keyFold = (key: string): string =>
  /^[!-@[-~]*$/.test(key)
    ? key
    : key
        .normalize("NFKC")
        .replaceAll(/\p{Cf}|\u034f|\u115f|\u1160|\u3164/gu, "")
        .replaceAll(/\s+/g, " ")
        .trim()
        .toLowerCase();
