import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The foot of a paper: words and room for the seals, never a drawn seal, and beside them the paper's code. */
export function Seals({ offices, children }: { offices: string[]; children: ReactNode }) {
  const { t } = useTranslation('case');
  return (
    <div className="seals">
      {offices.map((office) => (
        <div key={office} className="seal">
          <div>{office}</div>
          <div className="seal-place">{t('seal')}</div>
          <div>{t('sealDate')}</div>
        </div>
      ))}
      {children}
    </div>
  );
}
