/** The character for the letter after a backslash in a canonical text. */
// @ts-ignore: decorator
@inline
export function unescapeLetter(letter: u32): u32 {
  return letter == 0x6e ? 0x0a : letter == 0x72 ? 0x0d : letter == 0x74 ? 0x09 : letter;
}
