import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { compileRecord } from "../schema/record-validator.ts";
import type { Schema } from "../schema/table-plan.ts";

/** An error of ajv with what it depends on, in words: `"about" is "status"`. */
export interface Fault extends ErrorObject {
  reason?: string;
  parentSchema?: Schema;
  /** Where the union stands whose branch it comes from: a branch is compiled anew, and is another object then. */
  within?: Schema;
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
    // ajv refuses the branch with an error of any class: nothing can be meant by it, and the check of the schema names it.
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

const fixedIn = (branch: Schema): string[] =>
  Object.entries(branch.properties ?? {}).flatMap(([name, column]) => (isObject(column) && column.const !== undefined ? [name] : []));

/** Where each branch fixes one column to a value of its own, and the data has none of them: that column is what is wrong. */
function noneOf(union: Fault, branches: readonly Schema[]): Fault | undefined {
  const [name, ...others] = new Set(branches.flatMap(fixedIn));
  if (name === undefined || others.length > 0 || !isObject(union.data) || branches.some((branch) => fixedIn(branch).length === 0))
    return undefined;
  const allowedValues = branches.map((branch) => branch.properties?.[name]?.const);
  const data: unknown = union.data[name];
  if (data === undefined) return { ...union, keyword: "required", params: { missingProperty: name } };
  const instancePath = `${union.instancePath}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return allowedValues.includes(data) ? undefined : { ...union, instancePath, keyword: "enum", params: { allowedValues }, data };
}

/** Where each branch is of a kind, and the data of none of them: what kinds there are. */
function noKind(union: Fault, tried: readonly Tried[]): Fault | undefined {
  const kinds = tried.map(({ errors: [first, ...more] }) =>
    first?.keyword === "type" && first.instancePath === "" && more.length === 0 ? (first.params["type"] as string | string[]) : undefined,
  );
  return kinds.includes(undefined) ? undefined : { ...union, keyword: "type", params: { type: [...new Set(kinds.flat())] } };
}

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
  const branches = (union.schema as unknown[]).filter(isObject);
  const tried = branches.flatMap((branch) => tryBranch(branch, union, root) ?? []);
  const plain = noneOf(union, branches) ?? noKind(union, tried);
  if (plain) return [plain];
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
  const found: Fault[] = [];
  /** ajv reports what is wrong inside of a branch right before it reports the branch. */
  const takeInside = (branches: unknown, { instancePath }: Fault): Fault[] => {
    const parts = partsOf(branches, root);
    const isInside = (fault: Fault | undefined): boolean =>
      fault !== undefined && parts.has(fault.within ?? fault.parentSchema) && `${fault.instancePath}/`.startsWith(`${instancePath}/`);
    let from = found.length;
    while (isInside(found[from - 1])) from -= 1;
    return found.splice(from);
  };
  for (const error of (validate.errors ?? []) as Fault[]) {
    if (error.keyword === "if") {
      const reason = conditionOf(error.parentSchema?.["if"]);
      const inside = takeInside(error.parentSchema?.[error.params["failingKeyword"] as string], error);
      for (const fault of inside) found.push(reason && !fault.reason ? { ...fault, reason } : fault);
    } else if (error.keyword === "anyOf" || error.keyword === "oneOf") {
      takeInside(error.schema, error);
      for (const fault of meant(error, root)) found.push({ ...fault, ...(error.parentSchema ? { within: error.parentSchema } : {}) });
    } else {
      if (error.keyword === "contains") takeInside(error.schema, error);
      found.push(error);
    }
  }
  return found;
}
