import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fenOf, yearsAndMonths, yearsOf, yuan } from '../../shared/quantities';
import './quantity.css';

interface Props {
  id: string;
  label: string;
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

/** The most yuan a field takes; beyond it a number would no longer hold every fen. */
const MOST_YUAN = 1_000_000_000;

/** What is being typed, with its thousands apart. */
function grouped(typed: string): string {
  const [whole = '', ...decimals] = typed.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}

/** A sum, typed in yuan and kept in fen. */
export function MoneyInput({ id, value, disabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <InputNumber<number | string>
      id={id}
      className="money-input"
      value={typeof value === 'number' ? value / 100 : null}
      disabled={disabled}
      min={0}
      max={MOST_YUAN}
      precision={2}
      controls={false}
      suffix={t('quantity.yuan')}
      formatter={(shown, { userTyping, input }) => {
        if (userTyping) return grouped(input.replace(/,/g, ''));
        return shown === undefined || shown === '' ? '' : yuan(fenOf(Number(shown)));
      }}
      parser={(typed) => (typed ?? '').replace(/[,，\s]/g, '')}
      onChange={(next) => onChange(next === null || next === '' ? undefined : fenOf(Number(next)))}
    />
  );
}

/** A length of time, typed in years and months and kept in years with two decimals. */
export function YearsInput({ id, label, value, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const held = typeof value === 'number' ? yearsAndMonths(value) : undefined;
  // A box left empty stays empty: 0 years are said by whoever fills in the months alone.
  const [typed, setTyped] = useState<{ years: number | null; months: number | null }>({
    years: held?.years ?? null,
    months: held?.months || null,
  });
  const change = (next: typeof typed) => {
    setTyped(next);
    const empty = next.years === null && next.months === null;
    onChange(empty ? undefined : yearsOf(next.years ?? 0, next.months ?? 0));
  };
  return (
    <div className="years-input">
      <InputNumber
        id={id}
        value={typed.years}
        disabled={disabled}
        min={0}
        max={100}
        precision={0}
        controls={false}
        suffix={t('quantity.years')}
        onChange={(years) => change({ ...typed, years })}
      />
      <InputNumber
        aria-label={`${label} ${t('quantity.months')}`}
        value={typed.months}
        disabled={disabled}
        min={0}
        max={11}
        precision={0}
        controls={false}
        suffix={t('quantity.months')}
        onChange={(months) => change({ ...typed, months })}
      />
    </div>
  );
}
