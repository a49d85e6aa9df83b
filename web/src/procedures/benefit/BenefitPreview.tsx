import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBenefitPreview } from '../../api/benefits';
import type { CaseView } from '../../api/types';
import { useDebounced } from '../../app/search/useDebounced';
import type { Draft } from '../../case/form/useDraft';
import { money } from '../../shared/quantities';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { DerivationTable } from './DerivationTable';

/** What the rule finds from what is filled in so far. It follows the typing and never holds it up. */
export function BenefitPreview({ view, draft }: { view: CaseView; draft: Draft }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const language = useLanguage();
  const form = useDebounced(JSON.stringify(draft.body()), 400);
  const found = useBenefitPreview(view.no, JSON.parse(form)).data;
  return (
    <section className="box" aria-label={t('preview.title')} aria-live="polite">
      <h2>{t('preview.title')}</h2>
      <p className="quiet gap-below">{t('preview.hint')}</p>
      {!found ? (
        <p className="quiet">{t('preview.none')}</p>
      ) : found.problems.length > 0 ? (
        <ul>
          {found.problems.map((problem) => (
            <li key={problem.location} className="quiet">
              {text(problem.message)}
            </li>
          ))}
        </ul>
      ) : (
        <>
          <dl className="facts">
            {(['funeral', 'survivor', 'total'] as const).map((key) => (
              <div key={key} data-fact={`preview-${key}`}>
                <dt>{t(`benefit.${key}`)}</dt>
                <dd>{money(found[key], language)}</dd>
              </div>
            ))}
          </dl>
          {found.provisional && <Alert type="info" showIcon title={t('preview.provisional')} />}
          {found.meetingReason && (
            <Alert type="info" showIcon title={t('preview.meeting', { reason: found.meetingReason })} />
          )}
          <h2>{t('benefit.derivation')}</h2>
          <DerivationTable value={found.derivation} />
        </>
      )}
    </section>
  );
}
