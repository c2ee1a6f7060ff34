import { isUtf8 } from "node:buffer";
import { isObject } from "../../contract/is-object.ts";
import type { Encode, EncodedPart, TablePart } from "../../formats/format.ts";
import type { JsonRecord, Value } from "../../formats/value.ts";
import { lintJson } from "../../json/lint-json.ts";
import { parseJson } from "../../json/parse-json.ts";
import type { Batch } from "../../json/record-batches.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { compileLazily } from "../../schema/compile-record.ts";
import { type BatchResult, emptyBatchResult } from "../batch-result.ts";
import { createEngine, type Engine, type EngineSetup, type LoadedEncoders, type Task } from "../engine.ts";
import { findLargeNumbers } from "../find-large-numbers.ts";
import { PartMemory } from "../part-memory.ts";
import { BatchLines } from "./batch-lines.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import { BYTE_ENCODER_CLASSES, encodesWithoutObjects } from "./byte-encoder-classes.ts";
import { ColumnSlots } from "./column-slots.ts";
import { FormProofs } from "./form-proofs.ts";
import { KeyCollector } from "./key-collector.ts";
import { type Form, KnownForms } from "./known-forms.ts";
import { noProofCounts, type ProofCounts } from "./proof-counts.ts";
import { PropertyNames } from "./property-names.ts";
import { Prover, ProverAnswer } from "./prover.ts";
import { compileRecordCheck, type RecordCheck } from "./record-check.ts";
import { RecordReader } from "./record-reader.ts";
import { RecordTape } from "./record-tape.ts";
import { remainingChecks } from "./remaining-checks.ts";

const COMMA = 0x2c;
/** The null address. */
const NOTHING = 0;

/** The end of the record at an offset: the next comma outside of brackets and strings, or `limit`. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: hot path: a scanner of bytes
function recordEnd(bytes: Uint8Array, start: number, limit: number): number {
  let depth = 0;
  for (let i = start; i < limit; i += 1) {
    const c = bytes[i];
    if (c === 0x22) for (i += 1; i < limit && bytes[i] !== 0x22; i += 1) if (bytes[i] === 0x5c) i += 1;
    if (c === 0x7b || c === 0x5b) depth += 1;
    else if (c === 0x7d || c === 0x5d) depth -= 1;
    else if (c === COMMA && depth === 0) return i;
  }
  return limit;
}

/** Encodes the current batch, into memory that the parts own. */
type EncodeBatch = (memory: PartMemory) => TablePart[];

/** Processes the bytes of one table's records. Returns undefined for batches that the simple engine has to process. */
export class ByteEngine {
  readonly #setup: EngineSetup;
  readonly #kernel = new Kernel();
  readonly #names = new PropertyNames(this.#kernel);
  readonly #lines = new BatchLines(this.#kernel);
  readonly #tape = new RecordTape(this.#kernel);
  readonly #reader: RecordReader;
  readonly #slots: ColumnSlots;
  readonly #forms = new KnownForms(this.#kernel);
  /** End of the batch. */
  #limit = 0;
  readonly #prover: Prover;
  readonly #formProofs = new FormProofs(this.#kernel);
  readonly #check: RecordCheck;
  readonly #collector: KeyCollector;
  readonly #validate: (value: unknown) => boolean;
  readonly #findLarge: ReturnType<typeof findLargeNumbers>;
  /** Encoders that work on the tape. */
  readonly #byteEncoders: { encoder: ByteEncoder; encode: Encode }[] = [];
  /** Byte encoders that the kernel does not run. */
  readonly #ownEncoders: ByteEncoder[] = [];
  readonly #encoders: { name: string; encode: EncodeBatch }[];
  readonly #proofs: ProofCounts;

  constructor(setup: EngineSetup, encoders: LoadedEncoders, proofs: ProofCounts = noProofCounts()) {
    const { plan } = setup;
    this.#setup = setup;
    this.#proofs = proofs;
    this.#slots = new ColumnSlots(this.#kernel, this.#names);
    this.#reader = new RecordReader(this.#kernel, { tape: this.#tape, names: this.#names, layout: plan.layout });
    this.#prover = new Prover(this.#tape);
    this.#check = compileRecordCheck(plan.record, this.#names);
    const validator = compileLazily(plan.record);
    this.#validate = (value) => validator()(value) === true;
    this.#findLarge = findLargeNumbers(setup.plan);
    this.#collector = new KeyCollector(setup, this.#state);
    this.#encoders = [...encoders].map(([name, encode]) => ({ name, encode: this.#batchEncoder(name, encode) }));
  }

  get #state() {
    return { kernel: this.#kernel, tape: this.#tape, names: this.#names, slots: this.#slots };
  }

  /** Uses the byte encoder of the same name for encoders of this package, if there is one. Other encoders get records. */
  #batchEncoder(name: string, encode: Encode): EncodeBatch {
    const { plan, labels, encoders } = this.#setup;
    const lines = this.#lines;
    if (!encodesWithoutObjects(encoders.find((encoder) => encoder.name === name) ?? { name }))
      return () => {
        const texts = lines.texts();
        return encode({ records: texts.map((text) => JSON.parse(text) as JsonRecord), lines: texts, labels });
      };
    const Bytes = BYTE_ENCODER_CLASSES.get(name);
    if (Bytes) return this.#byRecord(new Bytes(plan, labels, this.#state), encode);
    const linesOf = (memory: PartMemory) => (name === "json" ? lines.json(memory) : lines.ndjson(memory));
    return (memory) => [{ table: plan.name, rows: lines.count, chunks: linesOf(memory) }];
  }

  #byRecord(encoder: ByteEncoder, encode: Encode): EncodeBatch {
    this.#byteEncoders.push({ encoder, encode });
    if (encoder.add) this.#ownEncoders.push(encoder);
    return (memory) => encoder.take(memory);
  }

  run(batch: Batch, task: Task, memory = new PartMemory()): BatchResult | undefined {
    // Rarely used, so only the simple engine implements it.
    if (task === "locate") return undefined;
    this.#collector.clear();
    this.#lines.clear();
    this.#kernel.growAnswers(batch.bytes.length);
    for (const { encoder } of this.#byteEncoders) encoder.clear();
    const records = isUtf8(batch.bytes) ? this.#readAll(batch.bytes, task) : undefined;
    if (records === undefined) return undefined;
    const { keys, labels, references } = this.#collector.result();
    return {
      records,
      unreadable: 0,
      stopped: false,
      problems: [],
      warnings: [],
      keys,
      labels,
      references: task === "index" ? new Map() : references,
      lines: [],
      ...(batch.isSpeculative ? { span: this.#reader.lineSpan() } : {}),
      parts: task === "encode" ? this.#encodeAll(memory) : [],
    };
  }

  #encodeAll(memory: PartMemory): EncodedPart[] {
    return this.#encoders.flatMap(({ name, encode }) => encode(memory).map((part) => ({ encoder: name, ...part })));
  }

  /** Reads every record. Returns their number, or undefined if any record is not certainly valid. */
  #readAll(batch: Uint8Array, task: Task): number | undefined {
    const { code } = this.#kernel;
    const start = this.#reader.open(batch);
    this.#limit = start + batch.length;
    const encodes = task === "encode";
    code.openRecordRun(task === "index" ? 0 : 1, encodes ? 1 : 0, encodes && this.#ownEncoders.length > 0 ? 1 : 0);
    let records = 0;
    let at = code.runRecords(start);
    while (at !== NOTHING && at !== this.#limit) {
      const end = this.#readOne(at, task);
      if (end < 0) return undefined;
      records += 1;
      at = code.afterRunRecord(end);
      if (at !== NOTHING && at !== this.#limit) at = code.runRecords(at);
    }
    const taken = code.recordRunCount();
    if (task !== "index") this.#proofs.proved += taken;
    return at === NOTHING ? undefined : records + taken;
  }

  /** Reads the record at an address; returns the address after it, or -1. */
  #readOne(start: number, task: Task): number {
    const number = this.#reader.read(start);
    if (number === undefined) return this.#readRefused(start, task);
    const form = this.#forms.get(number);
    if (task !== "index" && !this.#isValid(number, form)) return -1;
    this.#forms.useSlots(form, this.#slots, this.#tape, this.#makeForm);
    const { end } = this.#reader;
    this.#collector.add();
    if (task === "encode") {
      // The simple engine reports values that a format cannot store.
      if (this.#kernel.code.encodeRunRecord(this.#slots.address) === 0) return -1;
      for (let i = 0; i < this.#ownEncoders.length; i += 1) this.#ownEncoders[i]?.add?.();
    }
    this.#kernel.code.keepParsedRecord();
    return end;
  }

  /** Creates the form of the record on the tape, whose values are located. */
  readonly #makeForm = (): Form => {
    const remaining = remainingChecks(this.#check, this.#tape);
    return { slots: this.#slots.keep(), remaining, proof: this.#formProofs.compile(remaining, this.#tape) };
  };

  #isValid(number: number, form: Form | undefined): boolean {
    const { bytes, code } = this.#kernel;
    if (form && code.isProvedInFormTable(number) !== 0) {
      this.#proofs.proved += 1;
      return true;
    }
    const known = form ? this.#prover.proveRemaining(form.remaining, bytes) : this.#prover.prove(this.#check, bytes);
    this.#proofs[known === ProverAnswer.yes ? "proved" : "asked"] += 1;
    return known === ProverAnswer.yes || this.#validate(this.#tape.value(0, bytes));
  }

  /** Reads a record that the kernel rejected, as the simple engine would. */
  #readRefused(start: number, task: Task): number {
    const { bytes } = this.#kernel;
    const end = recordEnd(bytes, start, this.#limit);
    const text = bytes.toString("utf8", start, end);
    const record = parseJson<Value>(text)?.value;
    if (record === undefined || !isObject(record)) return -1;
    if (task !== "index") {
      this.#proofs.asked += 1;
      if (!this.#validate(record) || this.#findLarge(record).length > 0 || lintJson(text, this.#setup.plan.layout).length > 0) return -1;
    }
    this.#collector.addRecord(record);
    return task !== "encode" || this.#isRefusedEncoded(record) ? end : -1;
  }

  /** Encodes a record that the kernel rejected; false if there is no space for its text. */
  #isRefusedEncoded(record: JsonRecord): boolean {
    const line = JSON.stringify(record);
    const text = Buffer.from(line);
    const start = this.#reader.keepParsedRecord(text);
    if (start === undefined) return false;
    this.#lines.add(start, start + text.length);
    for (const { encoder, encode } of this.#byteEncoders)
      encoder.addEncoded(encode({ records: [record], lines: [line], labels: this.#setup.labels }));
    return true;
  }
}

/**
 * Creates the fast engine, which validates records from their bytes and copies bytes to the outputs. It falls back to `JSON.parse` and ajv
 * for a record that it cannot prove valid, and to the simple engine for a batch with problems, so that the results of both engines are
 * equal.
 */
export function createByteEngine(setup: EngineSetup, encoders: LoadedEncoders = new Map(), proofs: ProofCounts = noProofCounts()): Engine {
  const simple = createEngine(setup, encoders);
  const fast = new ByteEngine(setup, encoders, proofs);
  const runSimple = (batch: Batch, task: Task): BatchResult => {
    if (batch.isSpeculative) return { ...emptyBatchResult(), undecided: true };
    const result = simple.run(batch, task);
    proofs.left += result.records;
    return result;
  };
  return {
    run(batch, task, memory) {
      try {
        const result = fast.run(batch, task, memory);
        if (!result) return runSimple(batch, task);
        return result;
      } catch (error) {
        // If a validator or encoder throws, it also throws in the simple engine, which reports the location.
        const result = runSimple(batch, task);
        if (result.problems.length === 0 && !result.undecided) throw error;
        return result;
      }
    },
    find: simple.find,
  };
}
