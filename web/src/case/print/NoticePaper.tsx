import { useTranslation } from 'react-i18next';
import { useNotice } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { absolute } from '../../shared/dates';
import { Panel } from '../../shared/Panel';
import { useLanguage } from '../../shared/useLanguage';
import { PaperCode } from './PaperCode';
import { Seals } from './Seals';

/** 一次性告知书: everything to be put right, at once. */
export function NoticePaper({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const query = useNotice(view.no);
  return (
    <Panel query={query}>
      {(notice) => (
        <>
          <h1>{t('paper.notice')}</h1>
          <p className="sheet-no">{t('slip.no', { no: notice.no })}</p>
          <p>{t('notice.to', { name: notice.addressee })}</p>
          <p className="sheet-text">{t('notice.intro', { title: notice.title })}</p>
          <table className="sheet-table">
            <thead>
              <tr>
                <th>{t('notice.n')}</th>
                <th>{t('defect.item')}</th>
                <th>{t('defect.detail')}</th>
                <th>{t('defect.clause')}</th>
              </tr>
            </thead>
            <tbody>
              {notice.defects.map((defect, index) => (
                <tr key={`${defect.item} ${defect.detail}`}>
                  <td>{index + 1}</td>
                  <td>{defect.item}</td>
                  <td>{defect.detail}</td>
                  <td>{defect.clause ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="sheet-text">{t('notice.opinion', { opinion: notice.opinion })}</p>
          <p className="sheet-text">{t('notice.after')}</p>
          <p className="right">{absolute(notice.at, language, false)}</p>
          <Seals offices={[notice.officeName]}>
            <PaperCode view={view} paper="notice" />
          </Seals>
        </>
      )}
    </Panel>
  );
}
