import { grouped } from "../../contract/grouped.ts";

export const counted = (count: number, [one, many]: readonly [string, string]): string => `${grouped(count)} ${count === 1 ? one : many}`;
