import type { Template } from "../../servers/synth.ts";

/** A type as AWS's service specification describes it. */
interface SpecType {
  type: string;
  reference?: { $ref: string };
  element?: SpecType;
  types?: SpecType[];
  allowedValues?: unknown[];
}
type SpecProperties = Record<string, { type: SpecType; required?: boolean }>;
interface SpecResource {
  properties: SpecProperties;
}
interface SpecDatabase {
  lookup(entity: "resource", index: "cloudFormationType", match: "equals", value: string): { length: number; only(): SpecResource };
  get(entity: "typeDefinition", reference: { $ref: string }): { properties: SpecProperties };
}

// Installed beside this file only (npm ci --prefix tests/suites/aws).
const SPEC = "@aws-cdk/aws-service-spec";

/** AWS's published descriptions of its resources. */
export async function loadSpec(): Promise<SpecDatabase> {
  const { loadAwsServiceSpec } = (await import(SPEC)) as { loadAwsServiceSpec(): Promise<SpecDatabase> };
  return loadAwsServiceSpec();
}

const isFunction = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).some((name) => name === "Ref" || name.startsWith("Fn::"));

const PRIMITIVES: Record<string, (value: unknown) => boolean> = {
  string: (value) => ["string", "number", "boolean"].includes(typeof value),
  integer: (value) => Number.isInteger(Number(value)),
  number: (value) => Number.isFinite(Number(value)),
  boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
};

class Validation {
  readonly violations: string[] = [];
  readonly #spec: SpecDatabase;
  constructor(spec: SpecDatabase) {
    this.#spec = spec;
  }

  properties(at: string, given: Record<string, unknown>, described: SpecProperties): void {
    for (const [name, { required }] of Object.entries(described))
      if (required && given[name] === undefined) this.violations.push(`${at}.${name} is missing`);
    for (const [name, value] of Object.entries(given)) {
      const property = Object.hasOwn(described, name) ? described[name] : undefined;
      if (property) this.value(`${at}.${name}`, value, property.type);
      else this.violations.push(`${at} has no property ${name}`);
    }
  }

  value(at: string, value: unknown, type: SpecType): void {
    if (isFunction(value)) return;
    const primitive = PRIMITIVES[type.type];
    if (primitive) {
      if (!primitive(value)) this.violations.push(`${at} is no ${type.type}: ${JSON.stringify(value)}`);
      if (type.allowedValues && !type.allowedValues.includes(value))
        this.violations.push(`${at} is not one of ${type.allowedValues.join(", ")}: ${JSON.stringify(value)}`);
    } else if (type.type === "array") this.#array(at, value, type.element as SpecType);
    else if (type.type === "map")
      for (const [name, one] of Object.entries(value as object)) this.value(`${at}.${name}`, one, type.element as SpecType);
    else if (type.type === "ref") this.#reference(at, value, type.reference as { $ref: string });
    else if (type.type === "union") this.#union(at, value, type.types ?? []);
  }

  #array(at: string, value: unknown, element: SpecType): void {
    if (!Array.isArray(value)) this.violations.push(`${at} is no list`);
    else for (const [i, one] of value.entries()) this.value(`${at}[${i}]`, one, element);
  }

  #reference(at: string, value: unknown, reference: { $ref: string }): void {
    if (typeof value !== "object" || value === null) this.violations.push(`${at} is no object`);
    else this.properties(at, value as Record<string, unknown>, this.#spec.get("typeDefinition", reference).properties);
  }

  #union(at: string, value: unknown, types: readonly SpecType[]): void {
    const tries = types.map((type) => {
      const one = new Validation(this.#spec);
      one.value(at, value, type);
      return one.violations;
    });
    if (!tries.some((violations) => violations.length === 0)) this.violations.push(...(tries[0] ?? []));
  }
}

/** Violations of AWS's descriptions in a template; nothing if it is valid. */
export function templateViolations(template: Template, spec: SpecDatabase): string[] {
  const validation = new Validation(spec);
  for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    if (Type === "AWS::CDK::Metadata") continue;
    const found = spec.lookup("resource", "cloudFormationType", "equals", Type);
    if (found.length === 1) validation.properties(id, Properties, found.only().properties);
    else validation.violations.push(`${id}: AWS describes no ${Type}`);
  }
  return validation.violations;
}
