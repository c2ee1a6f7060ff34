import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema?: object;
}
interface Operation {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: object }> };
}

/** Endpoints of GitHub's REST API ("List branches for HEAD commit") that the extract of its description lacks. */
const NOT_DESCRIBED = [/^GET \/repos\/[^/]+\/[^/]+\/commits\/[0-9a-f]{40}\/branches-where-head$/];

/** Checks requests against GitHub's own description of its API, read from a file. */
export class OpenApi {
  readonly #document: { paths: Record<string, Record<string, Operation>>; components: { parameters?: Record<string, Parameter> } };
  readonly #ajv = new Ajv2020({ strict: false, coerceTypes: true, validateFormats: false, logger: false });
  readonly #compiled = new Map<object, ValidateFunction>();
  constructor(path: string) {
    this.#document = JSON.parse(readFileSync(path, "utf8"));
    this.#ajv.addSchema({ $id: "openapi:", ...this.#document }, "openapi:");
  }

  #validate(schema: object, value: unknown): string | undefined {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi:#/')) as object;
      validate = this.#ajv.compile(absolute);
      this.#compiled.set(schema, validate);
    }
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors);
  }

  /** The violations of GitHub's description by a request; empty if it is valid. */
  violations(method: string, url: URL, body: unknown): string[] {
    const parts = url.pathname.split("/");
    for (const [template, operations] of Object.entries(this.#document.paths)) {
      const wanted = template.split("/");
      if (wanted.length !== parts.length || !wanted.every((part, i) => part.startsWith("{") || part === parts[i])) continue;
      const operation = operations[method.toLowerCase()];
      if (!operation) continue;
      const violations: string[] = [];
      const parameters = (operation.parameters ?? []).map((parameter) =>
        "$ref" in parameter ? (this.#document.components.parameters?.[parameter.$ref.split("/").at(-1) as string] as Parameter) : parameter,
      );
      for (const { name, in: place, required, schema } of parameters) {
        const at = wanted.indexOf(`{${name}}`);
        const value =
          place === "path"
            ? decodeURIComponent(parts[at] ?? "")
            : place === "query"
              ? (url.searchParams.get(name) ?? undefined)
              : undefined;
        if (value === undefined) {
          if (required && place !== "header") violations.push(`${name} is missing`);
        } else if (schema) {
          const wrong = this.#validate({ type: "object", properties: { value: schema } }, { value });
          if (wrong) violations.push(`${name}: ${wrong}`);
        }
      }
      for (const name of url.searchParams.keys())
        if (!parameters.some((parameter) => parameter.in === "query" && parameter.name === name))
          violations.push(`there is no query parameter ${name}`);
      const schema = operation.requestBody?.content?.["application/json"]?.schema;
      if (schema && (body !== undefined || operation.requestBody?.required)) {
        const wrong = this.#validate(schema, body);
        if (wrong) violations.push(`body: ${wrong}`);
      }
      return violations;
    }
    if (NOT_DESCRIBED.some((pattern) => pattern.test(`${method} ${url.pathname}`))) return [];
    return [`GitHub's description knows no ${method} ${url.pathname}`];
  }
}
