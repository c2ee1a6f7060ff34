const decimal = (text: string): string => {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "0" : `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
};

/** Whether a double represents a number exactly as written. */
export const isExactNumber = (written: string): boolean =>
  Number.isFinite(Number(written)) && decimal(written) === decimal(String(Number(written)));
