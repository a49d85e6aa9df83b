import { describe, expect, it } from 'vitest';
import { bodyOf, changedFields, isAsked, missingFields, readSchema, startValues } from './schema';

const text = (zh: string) => ({ zh, en: zh });

// The shape approval.Schema writes, cut down to one field of each kind.
const schema = {
  type: 'object',
  required: ['outcome', 'lineSet'],
  'x-order': ['outcome', 'deferReason', 'verifiedOn', 'checked', 'attempts', 'documents', 'lineSet', 'words'],
  properties: {
    words: { type: 'string', 'x-title': text('说明'), maxLength: 4000 },
    outcome: {
      type: 'string',
      'x-title': text('核实结果'),
      'x-clause': 'S2.1',
      'x-options': [
        { value: 'received', title: text('已接收') },
        { value: 'deferred', title: text('暂缓接收') },
      ],
    },
    deferReason: {
      type: 'string',
      'x-title': text('暂缓原因'),
      'x-required-when': { field: 'outcome', in: ['deferred'] },
      'x-options': [],
    },
    verifiedOn: { type: 'string', format: 'date', 'x-title': text('核实日期') },
    checked: { type: 'boolean', 'x-title': text('已核对') },
    attempts: {
      type: 'array',
      'x-title': text('联系记录'),
      items: {
        type: 'object',
        required: ['on'],
        properties: { on: { type: 'string', format: 'date', 'x-title': text('日期') } },
        'x-order': ['on'],
      },
    },
    documents: {
      type: 'array',
      'x-title': text('所附文件'),
      items: { type: 'string' },
      'x-options': [{ value: 'letter', title: text('委托书') }],
    },
    lineSet: { type: 'string', readOnly: true, 'x-title': text('人员明细版本') },
  },
};

const specs = readSchema(schema);
const proposal = { outcome: 'received', verifiedOn: '2026-11-24', lineSet: '3:abc', documents: ['letter'] };

describe('readSchema', () => {
  it('tells sums and lengths of time from numbers, and lists what a text offers', () => {
    const kinds = readSchema({
      'x-order': ['sum', 'paid', 'count', 'place'],
      properties: {
        sum: { type: 'integer', 'x-unit': 'fen' },
        paid: { type: 'number', 'x-unit': 'years' },
        count: { type: 'number' },
        place: { type: 'string', 'x-options': [{ value: '210000', title: text('辽宁省') }] },
      },
    }).map((spec) => spec.kind);
    expect(kinds).toEqual(['money', 'years', 'number', 'choice']);
  });

  it('reads questions, and the members of a group', () => {
    const group = readSchema({
      properties: {
        community: {
          type: 'object',
          'x-title': text('社区'),
          'x-order': ['established', 'developed'],
          required: ['established'],
          properties: {
            established: { type: 'boolean', 'x-question': true, 'x-title': text('已建立') },
            developed: { type: ['boolean', 'null'], 'x-question': true, 'x-title': text('比较规范') },
          },
        },
      },
    });
    expect(group.map((spec) => spec.kind)).toEqual(['group']);
    expect(group[0]?.fields.map((spec) => [spec.key, spec.kind, spec.required, spec.unknown])).toEqual([
      ['established', 'question', true, false],
      ['developed', 'question', false, true],
    ]);
  });

  it('keeps the declared order and finds every kind', () => {
    expect(specs.map((spec) => [spec.key, spec.kind])).toEqual([
      ['outcome', 'choice'],
      ['deferReason', 'choice'],
      ['verifiedOn', 'date'],
      ['checked', 'boolean'],
      ['attempts', 'records'],
      ['documents', 'choices'],
      ['lineSet', 'text'],
      ['words', 'text'],
    ]);
    expect(specs[0]).toMatchObject({ required: true, clause: 'S2.1' });
    expect(specs[4]?.fields.map((field) => field.key)).toEqual(['on']);
    expect(specs[6]?.computed).toBe(true);
  });

  it('answers nothing for what is no schema', () => {
    expect(readSchema(undefined)).toEqual([]);
    expect(readSchema({ type: 'object' })).toEqual([]);
  });
});

describe('values', () => {
  it('start with the proposal, without computed fields', () => {
    expect(startValues(specs, proposal)).toEqual({
      outcome: 'received',
      verifiedOn: '2026-11-24',
      documents: ['letter'],
    });
  });

  it('ask for a conditional field only while its condition holds', () => {
    const reason = specs[1];
    if (!reason) throw new Error('no field');
    expect(isAsked(reason, { outcome: 'received' })).toBe(false);
    expect(isAsked(reason, { outcome: 'deferred' })).toBe(true);
    expect(missingFields(specs, { outcome: 'deferred' })).toEqual(['deferReason']);
    expect(missingFields(specs, {})).toEqual(['outcome']);
  });

  it('send computed fields as proposed, nothing that was not asked, and cleared ones empty', () => {
    const values = { outcome: 'received', deferReason: 'objects', verifiedOn: undefined, documents: [], words: '' };
    expect(bodyOf(specs, values, proposal)).toEqual({
      outcome: 'received',
      verifiedOn: null,
      documents: [],
      lineSet: '3:abc',
    });
  });

  it('take 不清楚 for an answer to a question that allows it', () => {
    const [known] = readSchema({
      type: 'object',
      properties: { rehired: { type: ['boolean', 'null'], 'x-question': true } },
      required: ['rehired'],
    });
    if (!known) throw new Error('no field');
    expect(missingFields([known], {})).toEqual(['rehired']);
    expect(missingFields([known], { rehired: null })).toEqual([]);
    expect(bodyOf([known], { rehired: null }, {})).toEqual({ rehired: null });
    expect(bodyOf([known], {}, {})).toEqual({});
    expect(startValues([known], { rehired: null })).toEqual({ rehired: null });
  });

  it('confirm the proposal unchanged when nothing was touched', () => {
    expect(bodyOf(specs, startValues(specs, proposal), proposal)).toEqual(proposal);
    expect(changedFields(specs, startValues(specs, proposal), proposal)).toEqual({});
    expect(changedFields(specs, { ...proposal, outcome: 'deferred' }, proposal)).toEqual({ outcome: 'deferred' });
  });
});
