import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/people';
import type { CaseView } from '../../api/types';
import { partialDate } from '../../shared/dates';
import { Panel } from '../../shared/Panel';
import { useLanguage } from '../../shared/useLanguage';
import { PaperCode } from './PaperCode';

/** 组织关系介绍信: stub, letter and receipt in one sheet, to be torn apart along the perforation. */
export function PartyLetterPaper({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const query = usePerson(view.subject ?? '');
  const letter = view.party?.letters.find((each) => each.state !== 'void');
  if (!letter || !view.party) return <p>{t('partyLetter.none')}</p>;
  const sender = view.party.sender;
  // The receipt is the last receiver's: who that is is known once the member has been received.
  const receiver = letter.state === 'received' ? view.party.holder : letter.addressee;
  const dues = typeof view.form.duesPaidTo === 'string' ? view.form.duesPaidTo : '';
  const status = t(`partyLetter.status.${view.form.memberStatus === 'probationary' ? 'probationary' : 'full'}`);
  return (
    <Panel query={query}>
      {(person) => {
        const words = {
          name: person.name,
          sex: person.sex,
          birth: partialDate(person.birth, language),
          // Masked values do not go onto a letter: room for the whole number, written by hand.
          id: t('partyLetter.blank'),
          status,
          dues: partialDate(dues, language),
          sender,
          receiver: letter.addressee,
          days: letter.validDays,
          until: partialDate(letter.expiresOn, language),
        };
        return (
          <>
            <p className="quiet not-printed">{t('partyLetter.byHand')}</p>
            {(['stub', 'letter', 'receipt'] as const).map((part) => (
              <section key={part} className="tear-off perforated" aria-label={t(`partyLetter.${part}`)}>
                <PaperCode view={view} paper="partyLetter" />
                <h1>{t(`partyLetter.${part}`)}</h1>
                <p className="sheet-no">{t('slip.no', { no: letter.number })}</p>
                {part !== 'stub' && (
                  <p>{t('transmission.to', { office: part === 'letter' ? letter.addressee : sender })}</p>
                )}
                <p className="sheet-text">{t(`partyLetter.${part}Text`, words)}</p>
                {part === 'letter' && (
                  <table className="sheet-table even">
                    <tbody>
                      <tr>
                        <th>{t('partyLetter.memberPhone')}</th>
                        <td />
                        <th>{t('partyLetter.issuer')}</th>
                        <td>{letter.issuedByName}</td>
                      </tr>
                      <tr>
                        <th>{t('partyLetter.senderAddress')}</th>
                        <td />
                        <th>{t('partyLetter.senderPhone')}</th>
                        <td />
                      </tr>
                    </tbody>
                  </table>
                )}
                {part === 'receipt' && (
                  <table className="sheet-table even">
                    <tbody>
                      <tr>
                        <th>{t('partyLetter.branch')}</th>
                        <td>{view.party?.branch}</td>
                        <th>{t('partyLetter.handler')}</th>
                        <td />
                      </tr>
                    </tbody>
                  </table>
                )}
                <p className="right">
                  {part === 'receipt' ? receiver : sender}
                  {t('seal')}
                  <br />
                  {part === 'receipt' ? t('sealDate') : partialDate(letter.issuedOn, language)}
                </p>
              </section>
            ))}
          </>
        );
      }}
    </Panel>
  );
}
