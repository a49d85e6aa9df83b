import { useTranslation } from 'react-i18next';
import { partialDate } from '../../shared/dates';
import { lengthWords, money } from '../../shared/quantities';
import { useLanguage } from '../../shared/useLanguage';

/** One line of the calculation as it was signed. */
export interface DerivedStep {
  step: string;
  stepEN: string;
  value: string;
  unit: string;
  clause: string;
  source: string;
  sourceEN: string;
}

const keys = ['step', 'stepEN', 'value', 'unit', 'clause', 'source', 'sourceEN'] as const;

export function derivedOf(value: unknown): DerivedStep[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null)
    .map((each) => Object.fromEntries(keys.map((key) => [key, String(each[key] ?? '')])) as unknown as DerivedStep);
}

/** The value of a line in words, by its unit. */
export function useStepWords(): (step: DerivedStep) => string {
  const { t } = useTranslation(['procedures', 'rules']);
  const language = useLanguage();
  return (step) => {
    if (step.unit === 'fen') return money(Number(step.value), language);
    if (step.unit === 'years') return lengthWords(Number(step.value), language);
    if (step.unit === 'months') return t('procedures:benefit.months', { months: step.value });
    if (step.value === 'retired' || step.value === 'working') return t(`rules:value.${step.value}`);
    return partialDate(step.value, language);
  };
}
