import { isatty } from "node:tty";
import { palette } from "../lib/adapters/terminal/palette.ts";

export const isColored = isatty(1) && process.env["NO_COLOR"] === undefined;

export const colors = palette(isColored);
