import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { isObject } from "../contract/is-object.ts";
import { compileRecord } from "../schema/compile-record.ts";
import type { Schema } from "../schema/schema.ts";

/** An error of ajv, with the condition it depends on: `"about" is "status"`. */
export interface ValidationError extends ErrorObject {
  reason?: string;
  parentSchema?: Schema;
  /** The schema with the union to whose branch the error belongs: branches are compiled separately, as other objects. */
  union?: Schema;
}

function addParts(schema: unknown, root: Schema, found: Set<unknown>): void {
  if (typeof schema !== "object" || schema === null || found.has(schema)) return;
  found.add(schema);
  for (const part of Object.values(schema)) addParts(part, root, found);
  const ref = (schema as Schema)["$ref"];
  const [, name] = typeof ref === "string" ? (/^#\/\$defs\/([^/]+)$/.exec(ref) ?? []) : [];
  if (name !== undefined && isObject(root["$defs"])) addParts(root["$defs"][name.replaceAll("~1", "/").replaceAll("~0", "~")], root, found);
}

/** Cached by schema: bad records often come in series. */
const cache = { parts: new WeakMap<object, Set<unknown>>(), branches: new WeakMap<object, ValidateFunction | undefined>() };

/** A schema and all its subschemas. */
function partsOf(schema: unknown, root: Schema): Set<unknown> {
  if (typeof schema !== "object" || schema === null) return new Set();
  const found = cache.parts.get(schema) ?? new Set();
  if (found.size === 0) addParts(schema, root, found);
  cache.parts.set(schema, found);
  return found;
}

/** Undefined if the branch does not compile on its own. */
function compileBranch(branch: Schema, root: Schema): ValidateFunction | undefined {
  if (cache.branches.has(branch)) return cache.branches.get(branch);
  let validate: ValidateFunction | undefined;
  try {
    validate = compileRecord({ ...branch, ...(root["$defs"] ? { $defs: root["$defs"] } : {}) });
  } catch {
    // ajv throws errors of any class for an invalid branch; the check of the schema reports it.
    validate = undefined;
  }
  cache.branches.set(branch, validate);
  return validate;
}

/** Describes the constants that a condition requires. */
function conditionOf(schema: unknown): string | undefined {
  const properties = isObject<Schema>(schema) ? schema.properties : undefined;
  const fixed = Object.entries(properties ?? {}).filter(([, column]) => isObject(column) && column.const !== undefined);
  return fixed.length === 0
    ? undefined
    : fixed.map(([name, column]) => `"${name}" is ${JSON.stringify((column as Schema).const)}`).join(" and ");
}

const matchesConstants = (schema: Schema, data: unknown): boolean =>
  Object.entries(schema.properties ?? {}).every(
    ([name, column]) => !isObject(column) || column.const === undefined || (isObject(data) && data[name] === column.const),
  );

const constantsOf = (branch: Schema): string[] =>
  Object.entries(branch.properties ?? {}).flatMap(([name, column]) => (isObject(column) && column.const !== undefined ? [name] : []));

/** If every branch has its own constant for one column and the data has none of them, that column is wrong. */
function unknownDiscriminator(union: ValidationError, branches: readonly Schema[]): ValidationError | undefined {
  const [name, ...others] = new Set(branches.flatMap(constantsOf));
  if (name === undefined || others.length > 0 || !isObject(union.data) || branches.some((branch) => constantsOf(branch).length === 0))
    return undefined;
  const allowedValues = branches.map((branch) => branch.properties?.[name]?.const);
  const data: unknown = union.data[name];
  if (data === undefined) return { ...union, keyword: "required", params: { missingProperty: name } };
  const instancePath = `${union.instancePath}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return allowedValues.includes(data) ? undefined : { ...union, instancePath, keyword: "enum", params: { allowedValues }, data };
}

/** If every branch has a type and the data has none of them, the type is wrong. */
function typeMismatch(union: ValidationError, tried: readonly BranchErrors[]): ValidationError | undefined {
  const kinds = tried.map(({ errors: [first, ...more] }) =>
    first?.keyword === "type" && first.instancePath === "" && more.length === 0 ? (first.params["type"] as string | string[]) : undefined,
  );
  return kinds.includes(undefined) ? undefined : { ...union, keyword: "type", params: { type: [...new Set(kinds.flat())] } };
}

interface BranchErrors {
  errors: ValidationError[];
  /** The constants of the branch, if the data has them. */
  reason?: string | undefined;
}

function tryBranch(branch: Schema, union: ValidationError, root: Schema): BranchErrors | undefined {
  const validate = compileBranch(branch, root);
  if (!validate) return undefined;
  const errors = validate(union.data) === true ? [] : meaningfulErrors(validate);
  return { errors, ...(matchesConstants(branch, union.data) ? { reason: conditionOf(branch) } : {}) };
}

/**
 * The errors of the likeliest branch: the one whose constants the data has, else the one with the fewest errors. The union's
 * own error if no branch is likelier, because only columns are missing or several branches fit.
 */
function likelyErrors(union: ValidationError, root: Schema): ValidationError[] {
  const branches = (union.schema as unknown[]).filter(isObject<Schema>);
  const tried = branches.flatMap((branch) => tryBranch(branch, union, root) ?? []);
  const unionError = unknownDiscriminator(union, branches) ?? typeMismatch(union, tried);
  if (unionError) return [unionError];
  const selected = tried.filter(({ reason, errors }) => reason !== undefined && errors.length > 0);
  const onlyMissing = tried.every(({ errors }) => errors.every(({ keyword }) => keyword === "required"));
  if (selected.length === 0 && (onlyMissing || tried.some(({ errors }) => errors.length === 0))) return [union];
  const [best] = (selected.length > 0 ? selected : tried).sort((a, b) => a.errors.length - b.errors.length);
  return (best?.errors ?? [union]).map((error) => ({
    ...error,
    instancePath: error === union ? union.instancePath : `${union.instancePath}${error.instancePath}`,
    ...(best?.reason ? { reason: best.reason } : {}),
  }));
}

/** The errors of a validator, with only the likeliest branch of each union, and with the condition of each error. */
export function meaningfulErrors(validate: ValidateFunction): ValidationError[] {
  const root = validate.schema as Schema;
  const found: ValidationError[] = [];
  /** ajv reports the errors of a branch right before the error of the union. */
  const removeBranchErrors = (branches: unknown, { instancePath }: ValidationError): ValidationError[] => {
    const parts = partsOf(branches, root);
    const isInside = (error: ValidationError | undefined): boolean =>
      error !== undefined && parts.has(error.union ?? error.parentSchema) && `${error.instancePath}/`.startsWith(`${instancePath}/`);
    let from = found.length;
    while (isInside(found[from - 1])) from -= 1;
    return found.splice(from);
  };
  const conditionalErrors = (error: ValidationError): ValidationError[] => {
    const reason = conditionOf(error.parentSchema?.["if"]);
    const inside = removeBranchErrors(error.parentSchema?.[error.params["failingKeyword"] as string], error);
    return inside.map((branchError) => (reason && !branchError.reason ? { ...branchError, reason } : branchError));
  };
  const unionErrors = (error: ValidationError): ValidationError[] => {
    removeBranchErrors(error.schema, error);
    const from = error.parentSchema ? { union: error.parentSchema } : {};
    return likelyErrors(error, root).map((branchError) => ({ ...branchError, ...from }));
  };
  for (const error of (validate.errors ?? []) as ValidationError[]) {
    const { keyword, schema } = error;
    if (keyword === "contains") removeBranchErrors(schema, error);
    if (keyword === "if") found.push(...conditionalErrors(error));
    else if (keyword === "anyOf" || keyword === "oneOf") found.push(...unionErrors(error));
    else found.push(error);
  }
  return found;
}
