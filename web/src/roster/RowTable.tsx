import {
  CheckOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  InfoCircleOutlined,
  MinusOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RosterFinding, RosterRow } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

const icons: Record<string, ReactNode> = {
  ok: <CheckOutlined aria-hidden />,
  info: <InfoCircleOutlined aria-hidden />,
  warning: <ExclamationCircleOutlined aria-hidden />,
  blocker: <CloseCircleOutlined aria-hidden />,
  skipped: <MinusOutlined aria-hidden />,
};

/** Rows with masked values and every finding in a sentence. */
export function RowTable({ rows }: { rows: RosterRow[] }) {
  const { t } = useTranslation('roster');
  const language = useLanguage();
  return (
    <DataTable
      items={rows}
      rowKey={(row) => String(row.row)}
      minWidth={900}
      columns={[
        { key: 'row', title: t('row.row'), width: 64, render: (row) => row.row },
        {
          key: 'level',
          title: t('row.level'),
          width: 104,
          render: (row) => (
            <span className={`level level-${row.level}`}>
              <span aria-hidden>{icons[row.level]}</span> {t(`level.${row.level}`)}
            </span>
          ),
        },
        {
          key: 'person',
          title: t('row.person'),
          width: 200,
          render: (row) => (
            <>
              {row.values.name}
              <div className="quiet mono">{row.values.id_number}</div>
            </>
          ),
        },
        {
          key: 'retired',
          title: t('row.retired'),
          width: 130,
          render: (row) => partialDate(row.values.retirement_date ?? '', language),
        },
        { key: 'findings', title: t('row.findings'), render: (row) => <FindingList findings={row.findings} /> },
      ]}
    />
  );
}

function FindingList({ findings }: { findings: RosterFinding[] }) {
  const text = useText();
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.column}`} className={`level-${finding.level}`}>
          <span aria-hidden>{icons[finding.level]}</span> <span>{text(finding.message)}</span>
        </li>
      ))}
    </ul>
  );
}
