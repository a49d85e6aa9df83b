import { useTranslation } from 'react-i18next';
import { useAllLines } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { PaperCode } from './PaperCode';
import { Seals } from './Seals';

/** The office that receives: whoever opens the packet, known before it does from the plan's kind alone. */
export function receiverOf(view: Pick<CaseView, 'plan'>): string {
  return view.plan.find((step) => step.stage === 'archive-receipt' && step.signers[0])?.signers[0]?.officeName ?? '';
}

/** 移交名册: every archive of the packet, which both sides check and seal. */
export function ManifestPaper({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const query = useAllLines(view.no);
  return (
    <Panel query={query}>
      {({ items }) => (
        <>
          <h1>{t('paper.manifest')}</h1>
          <p className="sheet-no">{t('slip.no', { no: view.no })}</p>
          <p>{t('manifest.from', { office: view.officeName, count: items.length })}</p>
          <table className="sheet-table">
            <thead>
              <tr>
                <th>{t('column.row')}</th>
                <th>{t('column.name')}</th>
                <th>{t('column.idNumber')}</th>
                <th>{t('archives.number')}</th>
                <th>{t('manifest.volumes')}</th>
                <th>{t('manifest.pages')}</th>
                <th>{t('manifest.remarks')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <tr key={line.id}>
                  <td>{line.row}</td>
                  <td>{line.name}</td>
                  <td className="mono">{line.idNumber}</td>
                  <td className="mono">{line.archive?.number}</td>
                  <td>{line.archive?.volumes}</td>
                  <td>{line.archive?.pages || ''}</td>
                  <td>{line.archive?.missing}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={4}>{t('manifest.total')}</td>
                <td>{items.reduce((sum, line) => sum + (line.archive?.volumes ?? 0), 0)}</td>
                <td>{items.reduce((sum, line) => sum + (line.archive?.pages ?? 0), 0) || ''}</td>
                <td />
              </tr>
            </tfoot>
          </table>
          <Seals offices={[view.officeName, receiverOf(view) || t('manifest.receiver')]}>
            <PaperCode view={view} paper="manifest" />
          </Seals>
        </>
      )}
    </Panel>
  );
}
