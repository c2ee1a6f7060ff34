export interface Palette {
  bold(text: string): string;
  red(text: string): string;
  dim(text: string): string;
}

const paint =
  (on: boolean, code: number) =>
  (text: string): string =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;

export const palette = (color: boolean): Palette => ({ bold: paint(color, 1), red: paint(color, 31), dim: paint(color, 2) });
