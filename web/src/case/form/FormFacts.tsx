import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/types';
import { isShownAbove, nameFor } from '../../procedures/pickers';
import { useText } from '../../shared/text';
import { RecordsWords, recordsOf } from './RecordsWords';
import { SumTable, sumOf } from './SumTable';
import type { FieldKind, FieldSpec } from './schema';
import { ValueWords } from './ValueWords';

type Declared = CaseView['formFields'][number];

/** A declared field as the form knows it. */
export function specOf(field: Declared): FieldSpec {
  return {
    key: field.key,
    title: field.title,
    kind: field.kind as FieldKind,
    required: field.required ?? false,
    options: field.options ?? [],
    fields: (field.fields ?? []).map(specOf),
    clause: field.clause ?? '',
    when: undefined,
    computed: field.computed ?? false,
    unknown: field.unknown ?? false,
  };
}

function Value({ view, field }: { view: CaseView; field: Declared }) {
  const value = view.form[field.key];
  const sum = sumOf(field.key, value);
  if (sum) return <SumTable rows={sum} />;
  const rows = recordsOf(specOf(field), value);
  if (rows) return <RecordsWords spec={specOf(field)} rows={rows} />;
  const Name = nameFor(view.type, field.key);
  if (Name && typeof value === 'string' && value) return <Name code={value} />;
  return <ValueWords spec={specOf(field)} value={value} />;
}

/** What the case holds so far, in words, without the fields that are being filled in now. */
export function FormFacts({ view, except }: { view: CaseView; except: string[] }) {
  const { t } = useTranslation('case');
  const text = useText();
  const seen = new Set<string>([...except, 'lineSet']);
  const fields = view.formFields.filter((field) => {
    if (seen.has(field.key) || isShownAbove(view.type, field.key) || view.form[field.key] === undefined) return false;
    seen.add(field.key);
    return true;
  });
  if (fields.length === 0) return null;
  return (
    <section className="box">
      <h2>{t('facts')}</h2>
      <dl className="facts">
        {fields.map((field) => (
          <div key={field.key}>
            <dt>{text(field.title)}</dt>
            <dd>
              <Value view={view} field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
