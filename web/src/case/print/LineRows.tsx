import { useTranslation } from 'react-i18next';
import type { Line } from '../../api/types';
import { useText } from '../../shared/text';

/** People on a paper: masked numbers, where to, and how it ended. */
export function LineRows({ lines }: { lines: Line[] }) {
  const { t } = useTranslation('case');
  const text = useText();
  return (
    <table className="sheet-table">
      <thead>
        <tr>
          <th>{t('column.row')}</th>
          <th>{t('column.name')}</th>
          <th>{t('column.idNumber')}</th>
          <th>{t('column.street')}</th>
          <th>{t('column.community')}</th>
          <th>{t('column.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>{line.row}</td>
            <td>{line.name}</td>
            <td className="mono">{line.idNumber}</td>
            <td>{line.streetName}</td>
            <td>{line.communityName}</td>
            <td>
              {[t(`common:outcome.${line.outcome || 'open'}`), text(line.outcomeReason)].filter(Boolean).join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
