import { useTranslation } from 'react-i18next';

const COUNTS = { approve: 3, return: 3 } as const;

/** Common wordings, one click each. */
export function Phrases({ of, onChoose }: { of: keyof typeof COUNTS; onChoose: (phrase: string) => void }) {
  const { t } = useTranslation('case');
  return (
    <div className="chips">
      {Array.from({ length: COUNTS[of] }, (_, index) => t(`phrase.${of}${index}`)).map((phrase) => (
        <button type="button" key={phrase} className="chip" onClick={() => onChoose(phrase)}>
          {phrase}
        </button>
      ))}
    </div>
  );
}
