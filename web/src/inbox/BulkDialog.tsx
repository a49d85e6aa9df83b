import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficers } from '../api/directory';
import type { BulkInput } from '../api/tasks';
import type { TaskItem } from '../api/types';
import { OpinionBox } from '../case/actions/OpinionBox';
import { FormDialog } from '../shared/FormDialog';
import { useText } from '../shared/text';

interface Props {
  action: string;
  tasks: TaskItem[];
  busy: boolean;
  error: string;
  onCancel: () => void;
  onSend: (words: Pick<BulkInput, 'opinion' | 'target'>) => void;
}

/** Acts whose words are asked for; the others are only confirmed. */
const WORDED = new Set(['approve', 'transfer', 'urge']);

/** Says what will happen to how many tasks of which stages, before it happens. */
export function BulkDialog({ action, tasks, busy, error, onCancel, onSend }: Props) {
  const { t } = useTranslation('inbox');
  const text = useText();
  const [opinion, setOpinion] = useState(action === 'approve' ? t('case:opinion.approve') : '');
  const [user, setUser] = useState('');
  const stages = new Map<string, number>();
  for (const task of tasks) stages.set(text(task.stageTitle), (stages.get(text(task.stageTitle)) ?? 0) + 1);
  const office = tasks[0]?.office ?? '';
  const transfer = action === 'transfer';
  const mixed = transfer && tasks.some((task) => task.office !== office);
  const officers = useOfficers(transfer && !mixed ? office : '').data ?? [];
  return (
    <FormDialog
      title={t('bulk.title', { action: t(`case:action.${action}`), count: tasks.length })}
      submit={t(`case:action.${action}`)}
      busy={busy}
      disabled={mixed || (transfer && !user)}
      error={mixed ? t('bulk.oneOffice') : error}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
          ...(transfer ? { target: { office, user } } : {}),
        })
      }
    >
      <ul className="bulk-stages">
        {[...stages].map(([stage, count]) => (
          <li key={stage}>
            {stage} · {t('bulk.count', { count })}
          </li>
        ))}
      </ul>
      {action === 'approve' && <p className="quiet">{t('bulk.approveHint')}</p>}
      {transfer && (
        <>
          <label htmlFor="bulk-user">{t('case:target.user')}</label>
          <Select
            id="bulk-user"
            value={user || undefined}
            placeholder={t('case:target.userPlaceholder')}
            options={officers.map((officer) => ({
              value: officer.id,
              label: `${officer.name} · ${officer.roles.map((role) => t(`common:role.${role}`)).join('、')}`,
            }))}
            onChange={setUser}
          />
        </>
      )}
      {WORDED.has(action) && (
        <OpinionBox
          label={t(action === 'approve' ? 'case:opinion.label' : 'case:opinion.words')}
          value={opinion}
          onChange={setOpinion}
          {...(action === 'approve' ? { builtIn: 'approve' as const } : {})}
        />
      )}
    </FormDialog>
  );
}
