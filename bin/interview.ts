import type { ValuePath } from "../lib/contract/value-path.ts";
import { answerShape } from "../lib/dataset/answer-shape.ts";
import { answerValue, isYesAnswer } from "../lib/dataset/answer-value.ts";
import { type Draft, draftProblems, missingInDraft, withDraftValue } from "../lib/dataset/draft.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { nearestName } from "../lib/diagnostics/nearest-name.ts";
import { compileRecord } from "../lib/schema/compile-record.ts";
import { resolveSchema } from "../lib/schema/resolve-schema.ts";
import type { Schema } from "../lib/schema/schema.ts";
import type { TablePlan } from "../lib/schema/table-plan.ts";
import type { Answers } from "./answers.ts";
import { colors } from "./colors.ts";
import { out } from "./out.ts";

/** Data of the dataset that the interview uses. */
export interface KnownValues {
  /** Labels by key, by table that can be referred to. */
  labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Values of other records of the table at a path. */
  valuesAt(path: ValuePath): readonly string[];
}

/** The prompt for a property. */
interface Question {
  path: ValuePath;
  isRequired: boolean;
  /** Completions. */
  choices: readonly string[];
  /** The answer if the user presses Enter. */
  proposal?: string | undefined;
}

/** Maximum allowed values listed in a prompt. Tab completes the others. */
const MAX_LISTED = 12;

/** Prompts for a record, property by property. Rejects answers that `factpress check` would reject. */
export class Interview {
  readonly #answers: Answers;
  readonly #plan: TablePlan;
  readonly #known: KnownValues;
  readonly #validate: ReturnType<typeof compileRecord>;
  record: Draft = {};

  constructor(answers: Answers, plan: TablePlan, known: KnownValues) {
    this.#answers = answers;
    this.#plan = plan;
    this.#known = known;
    this.#validate = compileRecord(plan.record);
  }

  /** Prompts for every property except those in `later`, then for missing and conflicting ones. */
  async all(later: readonly string[]): Promise<void> {
    const names = Object.keys(this.#plan.record.properties ?? {}).filter((name) => !later.includes(name));
    for (const name of names) await this.property([name]);
    await this.#complete(later);
  }

  async #complete(later: readonly string[]): Promise<void> {
    for (;;) {
      const missing = [...missingInDraft(this.#validate, this.record, [])].filter((name) => !later.includes(name));
      for (const name of missing) await this.property([name]);
      const wrong = draftProblems(this.#validate, this.record, []).find(({ path }) => path.length > 0 && !later.includes(String(path[0])));
      if (missing.length === 0 && !wrong) return;
      if (!wrong) continue;
      this.#print([wrong]);
      await this.property([wrong.path[0] as string]);
    }
  }

  /** Whether a value is valid for a property of the current record. */
  fits(path: ValuePath, value: unknown): boolean {
    return draftProblems(this.#validate, withDraftValue(this.record, path, value) as Draft, path).length === 0;
  }

  #set(path: ValuePath, value: unknown): void {
    this.record = withDraftValue(this.record, path, value) as Draft;
  }

  #schemaAt(path: ValuePath): Schema {
    return path.reduce<Schema>((schema, part) => {
      const resolved = resolveSchema(schema, this.#plan.record);
      return resolveSchema((typeof part === "number" ? resolved.items : resolved.properties?.[part]) ?? {}, this.#plan.record);
    }, this.#plan.record);
  }

  async property(path: ValuePath, proposal?: string): Promise<void> {
    this.#set(path, undefined);
    const schema = this.#schemaAt(path);
    const shape = answerShape(schema, this.#plan.record);
    const isRequired = missingInDraft(this.#validate, this.record, path.slice(0, -1)).has(String(path.at(-1)));
    const choices =
      shape.kind === "one" ? this.#choices(schema, path) : shape.kind === "list" ? this.#choices(shape.item, [...path, 0]) : [];
    const question = { path, isRequired, choices, proposal };
    this.#introduce(schema, question);
    if (shape.kind === "one") await this.#one(schema, question);
    else if (shape.kind === "list") await this.#list(shape.item, question);
    else if (shape.kind === "objects") await this.#objects(path, isRequired);
    else if (isRequired || (await this.#confirm("Do you want to give it?"))) await this.#object(shape.schema, path);
  }

  #introduce(schema: Schema, { path, isRequired, choices, proposal }: Question): void {
    const how = isRequired ? (proposal === undefined ? "" : `  (Enter takes ${proposal})`) : "  (Enter skips it)";
    out(`\n${colors.bold(escapeControlChars(schema.title ?? String(path.at(-1))))}${escapeControlChars(how)}`);
    if (schema.description) out(`  ${escapeControlChars(schema.description)}`);
    const referenced = schema.references ?? shapeItem(schema)?.references;
    if (referenced) out(`  A key of ${escapeControlChars(referenced)}, or its label; Tab completes.`);
    else if (schema.enum && choices.length > 0)
      out(
        `  One of: ${escapeControlChars(choices.slice(0, MAX_LISTED).join(", "))}${choices.length > MAX_LISTED ? ", …; Tab shows all" : ""}`,
      );
    const [example] = Array.isArray(schema["examples"]) ? (schema["examples"] as unknown[]) : [];
    if (example !== undefined) out(`  For example ${escapeControlChars(String(example))}`);
  }

  /** Completions: allowed values that fit the previous answers, keys, or values of other records. */
  #choices(schema: Schema, path: ValuePath): readonly string[] {
    if (schema.enum) return schema.enum.filter((value) => value !== null && this.fits(path, value)).map(String);
    if (schema.references) return [...(this.#known.labels.get(schema.references)?.keys() ?? [])];
    return schema.type === "boolean" ? ["yes", "no"] : this.#known.valuesAt(path);
  }

  #print(problems: readonly { message: string; remedy?: string }[]): void {
    for (const { message, remedy } of problems)
      out(colors.red(`  ${escapeControlChars(message)}${remedy ? `. ${escapeControlChars(remedy)}` : ""}`));
  }

  async #confirm(question: string): Promise<boolean> {
    out(`  ${question} (y, or Enter for no)`);
    return isYesAnswer(await this.#answers.next(["y", "n"]));
  }

  /** Asks until the answer is valid. */
  async #one(schema: Schema, { path, isRequired, choices, proposal }: Question): Promise<void> {
    for (;;) {
      const text = (await this.#answers.next(choices)) || (proposal ?? "");
      if (text === "" && !isRequired) return;
      if (text === "") this.#print([{ message: "This is required" }]);
      else if (await this.#accepts(schema, path, text)) return;
    }
  }

  async #accepts(schema: Schema, path: ValuePath, text: string): Promise<boolean> {
    const value = schema.references ? this.#keyOf(schema.references, text) : answerValue(schema, text);
    const problems = draftProblems(this.#validate, withDraftValue(this.record, path, value) as Draft, path);
    this.#print(problems);
    if (problems.length > 0 || (schema.references && !(await this.#exists(schema.references, String(value))))) return false;
    this.#set(path, value);
    return true;
  }

  /** The key of a label; otherwise the text itself. */
  #keyOf(table: string, text: string): string {
    const labels = this.#known.labels.get(table);
    const keys = labels?.has(text) ? [] : [...(labels ?? [])].filter(([, label]) => label.toLowerCase() === text.toLowerCase());
    if (keys.length !== 1) return text;
    out(`  ${escapeControlChars(keys[0]?.[0] as string)}`);
    return keys[0]?.[0] as string;
  }

  async #exists(table: string, key: string): Promise<boolean> {
    const labels = this.#known.labels.get(table);
    if (!labels || labels.has(key)) return true;
    const suggestion = nearestName(key, [...labels.keys()]);
    this.#print([
      { message: `There is no ${JSON.stringify(key)} in ${table}`, ...(suggestion ? { remedy: `Did you mean "${suggestion}"?` } : {}) },
    ]);
    return this.#confirm(`Use it anyway, and add it to ${escapeControlChars(table)} afterwards?`);
  }

  /** Reads answers until an empty one. */
  async #list(item: Schema, { path, isRequired, choices }: Question): Promise<void> {
    out("  One a line; an empty line ends the list.");
    for (let i = 0; ; ) {
      const text = await this.#answers.next(choices);
      if (text !== "") i += (await this.#accepts(item, [...path, i], text)) ? 1 : 0;
      else if (i === 0 && isRequired) this.#print([{ message: "At least one is required" }]);
      else return;
    }
  }

  async #objects(path: ValuePath, isRequired: boolean): Promise<void> {
    for (let i = 0; (isRequired && i === 0) || (await this.#confirm(i === 0 ? "Do you want to give one?" : "Another one?")); i += 1)
      await this.#object(this.#schemaAt([...path, i]), [...path, i]);
  }

  /** Prompts for the required properties of an object, then offers the others. */
  async #object(schema: Schema, path: ValuePath): Promise<void> {
    for (;;) {
      this.#set(path, {});
      const names = Object.keys(schema.properties ?? {});
      const missing = missingInDraft(this.#validate, this.record, path);
      for (const name of names.filter((name) => missing.has(name))) await this.property([...path, name]);
      const rest = names.filter((name) => !missing.has(name));
      const isWhole = draftProblems(this.#validate, this.record, path).length === 0;
      if (rest.length > 0) for (const name of await this.#which(rest, isWhole)) await this.property([...path, name]);
      const problems = draftProblems(this.#validate, this.record, path);
      if (problems.length === 0) return;
      this.#print(problems);
    }
  }

  async #which(names: readonly string[], isWhole: boolean): Promise<string[]> {
    for (;;) {
      out(
        `  Which of: ${escapeControlChars(names.join(", "))}? ${isWhole ? "(Enter for none; several with commas)" : "(several with commas)"}`,
      );
      const answered = (await this.#answers.next(names)).split(",").map((name) => name.trim());
      const wanted = answered.filter((name) => name !== "");
      const unknown = wanted.find((name) => !names.includes(name));
      if (unknown === undefined && (wanted.length > 0 || isWhole)) return names.filter((name) => wanted.includes(name));
      const suggestion = unknown && nearestName(unknown, names);
      this.#print([
        unknown === undefined
          ? { message: "At least one is required" }
          : { message: `"${unknown}" is not one of them`, ...(suggestion ? { remedy: `Did you mean "${suggestion}"?` } : {}) },
      ]);
    }
  }
}

const shapeItem = (schema: Schema): Schema | undefined => (schema.items && !schema.items.properties ? schema.items : undefined);
