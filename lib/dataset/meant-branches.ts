import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { compileRecord } from "./record-validator.ts";
import type { Schema } from "./table-plan.ts";

/** An error of ajv with what it depends on, in words: `"about" is "status"`. */
export interface Fault extends ErrorObject {
  reason?: string;
  parentSchema?: Schema;
}

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

function addParts(schema: unknown, root: Schema, found: Set<unknown>): void {
  if (typeof schema !== "object" || schema === null || found.has(schema)) return;
  found.add(schema);
  for (const part of Object.values(schema)) addParts(part, root, found);
  const ref = (schema as Schema)["$ref"];
  const [, name] = typeof ref === "string" ? (/^#\/\$defs\/([^/]+)$/.exec(ref) ?? []) : [];
  if (name !== undefined && isObject(root["$defs"])) addParts(root["$defs"][name.replaceAll("~1", "/").replaceAll("~0", "~")], root, found);
}

/** One bad record is mostly followed by others: what is known of a schema is kept beside it. */
const known = { parts: new WeakMap<object, Set<unknown>>(), branches: new WeakMap<object, ValidateFunction | undefined>() };

/** A schema and all that it is made of. */
function partsOf(schema: unknown, root: Schema): Set<unknown> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const found = known.parts.get(schema) ?? new Set();
  if (found.size === 0) addParts(schema, root, found);
  known.parts.set(schema, found);
  return found;
}

/** Undefined where the branch means something only in its place. */
function compileBranch(branch: Schema, root: Schema): ValidateFunction | undefined {
  if (known.branches.has(branch)) return known.branches.get(branch);
  let validate: ValidateFunction | undefined;
  try {
    validate = compileRecord({ ...branch, ...(root["$defs"] ? { $defs: root["$defs"] } : {}) });
  } catch {
    validate = undefined;
  }
  known.branches.set(branch, validate);
  return validate;
}

/** What a condition asks of columns with fixed values, in words. */
function conditionOf(schema: unknown): string | undefined {
  const properties = isObject(schema) ? schema.properties : undefined;
  const fixed = Object.entries(properties ?? {}).filter(([, column]) => isObject(column) && column.const !== undefined);
  return fixed.length === 0
    ? undefined
    : fixed.map(([name, column]) => `"${name}" is ${JSON.stringify((column as Schema).const)}`).join(" and ");
}

const holds = (schema: Schema, data: unknown): boolean =>
  Object.entries(schema.properties ?? {}).every(
    ([name, column]) => !isObject(column) || column.const === undefined || (isObject(data) && data[name] === column.const),
  );

interface Tried {
  errors: Fault[];
  /** The data has the values that the branch fixes; which. */
  reason?: string | undefined;
}

function tryBranch(branch: Schema, union: Fault, root: Schema): Tried | undefined {
  const validate = compileBranch(branch, root);
  if (!validate) return undefined;
  const errors = validate(union.data) === true ? [] : clean(validate);
  return { errors, ...(holds(branch, union.data) ? { reason: conditionOf(branch) } : {}) };
}

/**
 * The errors of the branch that was meant: the one whose fixed values the data has, else the one with the fewest. The union's
 * own error where nothing tells which was meant, since only columns are missing, or where more than one fits.
 */
function meant(union: Fault, root: Schema): Fault[] {
  const tried = (union.schema as unknown[]).filter(isObject).flatMap((branch) => tryBranch(branch, union, root) ?? []);
  const told = tried.filter(({ reason, errors }) => reason !== undefined && errors.length > 0);
  const onlyMissing = tried.every(({ errors }) => errors.every(({ keyword }) => keyword === "required"));
  if (told.length === 0 && (onlyMissing || tried.some(({ errors }) => errors.length === 0))) return [union];
  const [best] = (told.length > 0 ? told : tried).sort((a, b) => a.errors.length - b.errors.length);
  return (best?.errors ?? [union]).map((error) => ({
    ...error,
    instancePath: error === union ? union.instancePath : `${union.instancePath}${error.instancePath}`,
    ...(best?.reason ? { reason: best.reason } : {}),
  }));
}

/** The errors of a validator without those of branches that were not meant, and with what each depends on. */
export function clean(validate: ValidateFunction): Fault[] {
  const root = validate.schema as Schema;
  let errors = (validate.errors ?? []) as Fault[];
  for (const condition of errors.filter(({ keyword }) => keyword === "if")) {
    const reason = conditionOf(condition.parentSchema?.["if"]);
    const parts = partsOf(condition.parentSchema?.[condition.params["failingKeyword"] as string], root);
    errors = errors.map((error) =>
      reason && error !== condition && parts.has(error.parentSchema) && error.instancePath.startsWith(condition.instancePath)
        ? { ...error, reason: error.reason ?? reason }
        : error,
    );
  }
  errors = errors.filter(({ keyword }) => keyword !== "if");
  // The outermost union stands last.
  for (let i = errors.length - 1; i >= 0; i -= 1) {
    const union = errors[i] as Fault;
    if (union.keyword !== "anyOf" && union.keyword !== "oneOf") continue;
    const parts = partsOf(union.schema, root);
    const inside = (error: Fault): boolean => parts.has(error.parentSchema) && error.instancePath.startsWith(union.instancePath);
    const before = errors.slice(0, i).filter((error) => !inside(error));
    const reason = union.reason;
    const chosen = meant(union, root).map((error) => (reason && !error.reason ? { ...error, reason } : error));
    errors = [...before, ...chosen, ...errors.slice(i + 1)];
    i = before.length;
  }
  return errors;
}
