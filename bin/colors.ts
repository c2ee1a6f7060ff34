import { palette } from "../lib/adapters/terminal/palette.ts";
import { isColored } from "./out.ts";

export const colors = palette(isColored);
