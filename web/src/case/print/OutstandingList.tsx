import { useTranslation } from 'react-i18next';
import { useAllLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { LineRows } from './LineRows';
import { PaperCode } from './PaperCode';
import { Seals } from './Seals';
import { signersOf } from './signers';

/** 遗留人员清单: who was not received and why; the enterprise stays responsible for those deferred. */
export function OutstandingList({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const query = useAllLines(view.no);
  return (
    <Panel query={query}>
      {({ items }) => {
        const outstanding = items.filter((line) => line.outcome !== 'received');
        return (
          <>
            <h1>{t('paper.outstanding')}</h1>
            <p className="sheet-no">{t('slip.no', { no: view.no })}</p>
            <p>{view.title}</p>
            {outstanding.length === 0 ? (
              <p className="sheet-text">{t('outstanding.none')}</p>
            ) : (
              <LineRows lines={outstanding} />
            )}
            <p className="sheet-text">{t('outstanding.text')}</p>
            <Seals offices={signersOf(view)}>
              <PaperCode view={view} paper="outstanding" />
            </Seals>
          </>
        );
      }}
    </Panel>
  );
}
