import type { Option, Text } from '../../api/types';

/** The kinds of fields a stage may declare (approval/field.go). */
export type FieldKind =
  | 'text'
  | 'date'
  | 'boolean'
  | 'number'
  | 'choice'
  | 'choices'
  | 'records'
  | 'question'
  | 'group'
  | 'money'
  | 'years';

export interface FieldSpec {
  key: string;
  title: Text;
  kind: FieldKind;
  required: boolean;
  options: Option[];
  /** The columns of a record, or the members of a group. */
  fields: FieldSpec[];
  clause: string;
  /** The field is asked for only when another one has one of these values. */
  when: { field: string; in: string[] } | undefined;
  /** Shown, never edited; sent back as the system proposed it. */
  computed: boolean;
  /** A question that may be answered with null: not known. */
  unknown: boolean;
}

export type Values = Record<string, unknown>;

type Raw = Record<string, unknown>;

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown, fallback: string): Text {
  if (isRecord(value)) {
    const zh = typeof value.zh === 'string' ? value.zh : '';
    const en = typeof value.en === 'string' ? value.en : '';
    if (zh || en) return { zh, en };
  }
  return { zh: fallback, en: fallback };
}

function optionsOf(value: unknown): Option[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((each) => ({ value: String(each.value), title: textOf(each.title, String(each.value)) }));
}

function kindOf(schema: Raw): FieldKind {
  if (schema['x-question'] === true) return 'question';
  if (schema['x-unit'] === 'fen') return 'money';
  if (schema['x-unit'] === 'years') return 'years';
  if (schema.type === 'object') return 'group';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'array') return isRecord(schema.items) && schema.items.type === 'object' ? 'records' : 'choices';
  if (Array.isArray(schema['x-options'])) return 'choice';
  return schema.format === 'date' ? 'date' : 'text';
}

/** Reads the JSON Schema of a stage's form, in the order the stage declares. */
export function readSchema(schema: unknown): FieldSpec[] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  const properties = schema.properties;
  const order = Array.isArray(schema['x-order']) ? schema['x-order'].map(String) : Object.keys(properties);
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const specs: FieldSpec[] = [];
  for (const key of order) {
    const property = properties[key];
    if (!isRecord(property)) continue;
    const kind = kindOf(property);
    const when = property['x-required-when'];
    specs.push({
      key,
      title: textOf(property['x-title'], key),
      kind,
      required: required.includes(key),
      options: optionsOf(property['x-options']),
      fields: kind === 'records' ? readSchema(property.items) : kind === 'group' ? readSchema(property) : [],
      clause: typeof property['x-clause'] === 'string' ? property['x-clause'] : '',
      when:
        isRecord(when) && Array.isArray(when.in) ? { field: String(when.field), in: when.in.map(String) } : undefined,
      computed: property.readOnly === true,
      unknown: Array.isArray(property.type) && property.type.includes('null'),
    });
  }
  return specs;
}

/** A question is answered by 不清楚 (null) too. */
function isAnswered(spec: FieldSpec, value: unknown): boolean {
  return spec.kind === 'question' && spec.unknown ? value !== undefined : !isEmpty(value);
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A field with a condition is asked for only while the condition holds. */
export function isAsked(spec: FieldSpec, values: Values): boolean {
  if (!spec.when) return true;
  const value = values[spec.when.field];
  return typeof value === 'string' && spec.when.in.includes(value);
}

export function isRequired(spec: FieldSpec, values: Values): boolean {
  return spec.required || (spec.when !== undefined && isAsked(spec, values));
}

/** What the form starts with: the system's proposal for every field a person may change. */
export function startValues(specs: FieldSpec[], proposal: Values): Values {
  const values: Values = {};
  for (const spec of specs) {
    if (!spec.computed && proposal[spec.key] !== undefined && (proposal[spec.key] !== null || spec.kind === 'question'))
      values[spec.key] = proposal[spec.key];
  }
  return values;
}

/**
 * The body of an approval: what was filled in, without fields nobody was asked for, and computed
 * fields exactly as the system proposes them now. A cleared field is sent empty when the case held
 * a value, so that clearing is not lost.
 */
export function bodyOf(specs: FieldSpec[], values: Values, proposal: Values): Values {
  const body: Values = {};
  for (const spec of specs) {
    if (spec.computed) {
      if (proposal[spec.key] !== undefined) body[spec.key] = proposal[spec.key];
      continue;
    }
    if (!isAsked(spec, values)) continue;
    const value = values[spec.key];
    if (isAnswered(spec, value)) body[spec.key] = value;
    else if (!isEmpty(proposal[spec.key]))
      body[spec.key] = spec.kind === 'choices' || spec.kind === 'records' ? [] : null;
  }
  return body;
}

/** The keys of required fields that are still empty. */
export function missingFields(specs: FieldSpec[], values: Values): string[] {
  return specs
    .filter((spec) => !spec.computed && isRequired(spec, values) && !isAnswered(spec, values[spec.key]))
    .map((spec) => spec.key);
}

/** The fields whose value differs from the proposal: only they need a correction. */
export function changedFields(specs: FieldSpec[], values: Values, proposal: Values): Values {
  const changed: Values = {};
  for (const spec of specs) {
    if (spec.computed || !isAsked(spec, values)) continue;
    const before = proposal[spec.key] ?? null;
    const after = values[spec.key] ?? null;
    if (JSON.stringify(before) !== JSON.stringify(after) && !(isEmpty(before) && isEmpty(after)))
      changed[spec.key] = after;
  }
  return changed;
}
