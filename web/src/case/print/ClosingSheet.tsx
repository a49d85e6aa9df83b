import { useTranslation } from 'react-i18next';
import { useAllLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { Totals } from '../lines/Totals';
import { LineRows } from './LineRows';
import { PaperCode } from './PaperCode';
import { Seals } from './Seals';
import { signersOf } from './signers';

/** 交接确认单: who was received where; both sides sign. */
export function ClosingSheet({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const query = useAllLines(view.no);
  return (
    <Panel query={query}>
      {({ items, totals }) => (
        <>
          <h1>{t('paper.closing')}</h1>
          <p className="sheet-no">{t('slip.no', { no: view.no })}</p>
          <p>{view.title}</p>
          <Totals totals={totals} />
          <LineRows lines={items.filter((line) => line.outcome === 'received')} />
          <p className="sheet-text">{t('closing.text')}</p>
          <Seals offices={signersOf(view)}>
            <PaperCode view={view} paper="closing" />
          </Seals>
        </>
      )}
    </Panel>
  );
}
