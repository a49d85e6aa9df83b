import { type FieldSpec, isAsked, isEmpty, isRequired, type Values } from '../case/form/schema';

/** The members of a group as they stand in the values. */
export function groupOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

/** Whether something still has to be filled in. A question is answered by 不清楚 (null) too. */
export function isMissing(specs: FieldSpec[], values: Values): boolean {
  return specs
    .filter((spec) => isAsked(spec, values))
    .some((spec) => {
      const value = values[spec.key];
      if (spec.kind === 'group') return isMissing(spec.fields, groupOf(value));
      if (!isRequired(spec, values)) return false;
      return spec.kind === 'question' ? value === undefined : isEmpty(value);
    });
}

/** The input of a rule: a box that is not ticked says no, what was left empty is left out. */
export function factsOf(specs: FieldSpec[], values: Values): Values {
  const facts: Values = {};
  for (const spec of specs.filter((each) => isAsked(each, values))) {
    const value = values[spec.key];
    if (spec.kind === 'group') facts[spec.key] = factsOf(spec.fields, groupOf(value));
    else if (spec.kind === 'boolean') facts[spec.key] = value === true;
    else if (spec.kind === 'question') {
      if (value !== undefined) facts[spec.key] = value;
    } else if (!isEmpty(value)) facts[spec.key] = value;
  }
  return facts;
}
