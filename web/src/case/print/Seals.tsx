import { useTranslation } from 'react-i18next';

/** Where the seals go: words and room, never a drawn seal. */
export function Seals({ offices }: { offices: string[] }) {
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
    </div>
  );
}
