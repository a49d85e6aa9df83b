import { useTranslation } from 'react-i18next';
import { partialDate } from '../../shared/dates';
import { lengthWords, money } from '../../shared/quantities';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { type FieldSpec, isEmpty } from './schema';

type Described = Pick<FieldSpec, 'kind' | 'options'> & { fields?: FieldSpec[] };

/** Up to this many entries are read out. */
const READ_OUT = 4;

/** The text of an entry that has one column. */
function onlyText(entry: unknown): string {
  const values = Object.values(entry ?? {});
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : '';
}

/** A value of a form in the words of its field. */
export function ValueWords({ spec, value }: { spec: Described; value: unknown }) {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const option = (each: unknown) => {
    const found = spec.options.find((candidate) => candidate.value === each);
    return found ? text(found.title) : String(each);
  };
  if (spec.kind === 'question' && value !== undefined)
    return <>{t(`case:answer.${value === null ? 'unknown' : value === true ? 'yes' : 'no'}`)}</>;
  if (isEmpty(value)) return <>{t('none')}</>;
  if (spec.kind === 'boolean') return <>{t(value === true ? 'yes' : 'no')}</>;
  if (spec.kind === 'choice') return <>{option(value)}</>;
  if (spec.kind === 'money') return <>{money(Number(value), language)}</>;
  if (spec.kind === 'years') return <>{lengthWords(Number(value), language)}</>;
  if (spec.kind === 'date') return <>{partialDate(String(value), language)}</>;
  if (Array.isArray(value)) {
    if (spec.kind === 'choices') return <>{value.map(option).join(language === 'en' ? ', ' : '、')}</>;
    const names = value.map(onlyText);
    // A short list of names is read out; anything larger is counted.
    if (names.length <= READ_OUT && names.every(Boolean)) return <>{names.join(language === 'en' ? ', ' : '、')}</>;
    return <>{t('entries', { count: value.length })}</>;
  }
  return <>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</>;
}
