import { useTranslation } from 'react-i18next';
import { useAllLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { partialDate } from '../../shared/dates';
import { Panel } from '../../shared/Panel';
import { useLanguage } from '../../shared/useLanguage';
import { receiverOf } from './ManifestPaper';
import { PaperCode } from './PaperCode';

/** A text of the case's form; empty while the stage is not signed. */
function textOf(view: CaseView, key: string): string {
  const value = view.form[key];
  return typeof value === 'string' ? value : '';
}

/** 转递通知单: stub, slip and receipt in one sheet, to be cut along the lines. */
export function TransmissionPaper({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const query = useAllLines(view.no);
  return (
    <Panel query={query}>
      {({ items }) => {
        const volumes = items.reduce((sum, line) => sum + (line.archive?.volumes ?? 0), 0);
        const first = items[0]?.name ?? '';
        const receiver = receiverOf(view) || t('manifest.receiver');
        const number = textOf(view, 'slipNumber');
        const words = { first, people: items.length, volumes, receiver, sender: view.officeName };
        const sent = partialDate(textOf(view, 'dispatchedOn'), language);
        return (
          <>
            {(['stub', 'slip', 'receipt'] as const).map((part) => (
              <section key={part} className="tear-off" aria-label={t(`transmission.${part}`)}>
                {/* Each part is filed somewhere else, so each has the code. */}
                <PaperCode view={view} paper="transmission" />
                <h1>{t(`transmission.${part}`)}</h1>
                <p className="sheet-no">{t('slip.no', { no: number || view.no })}</p>
                {part !== 'stub' && (
                  <p>{t('transmission.to', { office: part === 'slip' ? receiver : view.officeName })}</p>
                )}
                <p className="sheet-text">{t(`transmission.${part}Text`, words)}</p>
                <table className="sheet-table even">
                  <tbody>
                    <tr>
                      <th>{t('transmission.seal')}</th>
                      <td>{textOf(view, 'sealNumber')}</td>
                      <th>{t(part === 'receipt' ? 'transmission.received' : 'transmission.dispatched')}</th>
                      <td>{part === 'receipt' ? partialDate(textOf(view, 'receivedOn'), language) : sent}</td>
                    </tr>
                    <tr>
                      <th>{t('transmission.sender')}</th>
                      <td />
                      <th>{t(part === 'receipt' ? 'transmission.receiver' : 'transmission.carrier')}</th>
                      <td />
                    </tr>
                  </tbody>
                </table>
                <p className="right">
                  {part === 'receipt' ? receiver : view.officeName}
                  {t('seal')}
                </p>
              </section>
            ))}
          </>
        );
      }}
    </Panel>
  );
}
