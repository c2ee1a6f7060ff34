const CODINGS = ["br", "gzip"] as const;

export type Coding = (typeof CODINGS)[number];

/** The supported content coding that a client prefers; undefined if it accepts none (RFC 9110, 12.5.3). */
export function preferredCoding(header: string | undefined): Coding | undefined {
  const quality = new Map<string, number>();
  for (const part of (header ?? "").split(",")) {
    const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, "");
    quality.set(coding, q === undefined ? 1 : Number(q) || 0);
  }
  const accepted = CODINGS.filter((coding) => (quality.get(coding) ?? 0) > 0);
  return accepted.sort((a, b) => (quality.get(b) ?? 0) - (quality.get(a) ?? 0))[0];
}
