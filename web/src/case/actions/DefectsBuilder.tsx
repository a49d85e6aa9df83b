import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView, Defect } from '../../api/types';
import { useText } from '../../shared/text';

interface Props {
  view: CaseView;
  /** At acceptance the list becomes the one-time notice. */
  notice: boolean;
  defects: Defect[];
  onChange: (defects: Defect[]) => void;
}

const GENERAL = ['numbers', 'seal', 'signature', 'copy'] as const;

/** The 一次性告知书: tick what is wrong, get the phrase and the clause, add what is special. */
export function DefectsBuilder({ view, notice, defects, onChange }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  const clause = view.plan.find((step) => step.clauses.length > 0)?.clauses[0] ?? '';
  const suggestions: Defect[] = [
    ...view.materials.map((material) => ({
      item: text(material.title),
      detail: t('defect.missing'),
      ...(material.clause || clause ? { clause: material.clause || clause } : {}),
    })),
    ...GENERAL.map((key) => ({ item: t(`defect.${key}`), detail: t(`defect.${key}Detail`) })),
  ];
  const has = (suggestion: Defect) => defects.some((defect) => defect.item === suggestion.item);
  const change = (index: number, part: Partial<Defect>) =>
    onChange(defects.map((defect, at) => (at === index ? { ...defect, ...part } : defect)));
  return (
    <fieldset className="defects-builder">
      <legend>{t(notice ? 'defect.notice' : 'defect.title')}</legend>
      <p className="quiet">{t(notice ? 'defect.noticeHint' : 'defect.hint')}</p>
      <div className="defect-suggestions">
        {suggestions.map((suggestion) => (
          <Checkbox
            key={suggestion.item}
            checked={has(suggestion)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...defects, suggestion]
                  : defects.filter((defect) => defect.item !== suggestion.item),
              )
            }
          >
            {suggestion.item}
          </Checkbox>
        ))}
      </div>
      <ol className="defect-rows">
        {defects.map((defect, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <li key={index}>
            <Input
              aria-label={t('defect.item')}
              placeholder={t('defect.item')}
              value={defect.item}
              maxLength={500}
              onChange={(event) => change(index, { item: event.target.value })}
            />
            <Input
              aria-label={t('defect.detail')}
              placeholder={t('defect.detail')}
              value={defect.detail}
              maxLength={2000}
              onChange={(event) => change(index, { detail: event.target.value })}
            />
            <Input
              aria-label={t('defect.clause')}
              placeholder={t('defect.clause')}
              value={defect.clause ?? ''}
              maxLength={100}
              onChange={(event) => change(index, { clause: event.target.value })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('defect.remove', { n: index + 1 })}
              onClick={() => onChange(defects.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange([...defects, { item: '', detail: '' }])}
      >
        {t('defect.add')}
      </Button>
    </fieldset>
  );
}
