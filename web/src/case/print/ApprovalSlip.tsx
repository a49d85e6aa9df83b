import { useTranslation } from 'react-i18next';
import { useLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { absolute } from '../../shared/dates';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { specOf } from '../form/FormFacts';
import { ValueWords } from '../form/ValueWords';
import { PaperCode } from './PaperCode';
import { Seals } from './Seals';

/** 接收审批表: who applied for what, and each stage's office, opinion and date. */
export function ApprovalSlip({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  const people = useLines(view.no).data?.pages[0]?.totals.people;
  const form = view.formFields.find((field) => field.key === 'formOfManagement');
  // Whoever accepts and decides seals beside the applicant.
  const deciding = [
    ...new Set(
      view.plan
        .filter((step) => step.officeKind === 'bureau' && step.mode === 'single')
        .flatMap((step) => step.signers.map((signer) => signer.officeName ?? '').filter(Boolean)),
    ),
  ];
  const signed = view.plan.filter((step) => step.state !== 'skipped');
  return (
    <>
      <h1>{t('paper.slipTitle', { type: text(view.typeTitle) })}</h1>
      <p className="sheet-no">{t('slip.no', { no: view.no })}</p>
      <table className="sheet-table">
        <tbody>
          <tr>
            <th>{t('slip.applicant')}</th>
            <td>{view.officeName}</td>
            <th>{t('slip.submitted')}</th>
            <td>{absolute(view.submittedAt, language, false)}</td>
          </tr>
          <tr>
            <th>{t('slip.subject')}</th>
            <td>{view.title}</td>
            <th>{t('slip.people')}</th>
            <td>{people ?? ''}</td>
          </tr>
          {form && view.form.formOfManagement !== undefined && (
            <tr>
              <th>{text(form.title)}</th>
              <td colSpan={3}>
                <ValueWords spec={specOf(form)} value={view.form.formOfManagement} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <table className="sheet-table">
        <thead>
          <tr>
            <th>{t('slip.stage')}</th>
            <th>{t('slip.office')}</th>
            <th>{t('slip.opinion')}</th>
            <th>{t('slip.signed')}</th>
          </tr>
        </thead>
        <tbody>
          {signed.flatMap((step, index) => {
            const signers: Partial<(typeof step.signers)[number]>[] = step.signers.length > 0 ? step.signers : [{}];
            return signers.map((signer, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a printed table never changes
              <tr key={`${index} ${at}`}>
                <td>{text(step.title)}</td>
                <td>{signer.officeName ?? (step.officeKind ? t(`common:officeKind.${step.officeKind}`) : '')}</td>
                <td>
                  {step.outcome && step.outcome !== 'approved' ? `${t(`stepOutcome.${step.outcome}`)} ` : ''}
                  {signer.opinion ?? ''}
                </td>
                <td>{signer.at ? `${signer.personName ?? ''} ${absolute(signer.at, language, false)}` : ''}</td>
              </tr>
            ));
          })}
        </tbody>
      </table>
      <Seals offices={[view.officeName, ...deciding]}>
        <PaperCode view={view} paper="slip" />
      </Seals>
    </>
  );
}
