import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficers, useOffices } from '../../api/directory';
import type { TaskView } from '../../api/types';
import { useDebounced } from '../../app/search/useDebounced';
import { FormDialog } from '../../shared/FormDialog';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';

interface Props extends DialogProps {
  action: 'transfer' | 'cc';
  task: TaskView | undefined;
}

/** Chooses an office and, when wanted, a person: for transfer (within the role) and cc. */
export function TargetDialog({ action, task, view, taskId, busy, error, errorAction, onCancel, onSend }: Props) {
  const { t } = useTranslation('case');
  const transfer = action === 'transfer';
  const [office, setOffice] = useState(transfer ? (task?.office ?? '') : '');
  const [user, setUser] = useState('');
  const [opinion, setOpinion] = useState('');
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 250);
  const current = view.plan.find((step) => step.state === 'current');
  const offices = useOffices({ ...(transfer && current?.officeKind ? { kind: current.officeKind } : {}), q });
  const officers = useOfficers(office);
  const known = (offices.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  if (task && office === task.office && !known.some((option) => option.value === office)) {
    known.unshift({ value: task.office, label: task.officeName });
  }
  const people = (officers.data ?? []).filter((officer) => !transfer || (task && officer.roles.includes(task.role)));
  return (
    <FormDialog
      title={t(`dialog.${action}`)}
      submit={t(`action.${action}`)}
      busy={busy}
      disabled={!office || (transfer && office === task?.office && !user)}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action,
          ...(transfer ? { taskId } : {}),
          target: { office, ...(user ? { user } : {}) },
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
        })
      }
    >
      <p className="quiet">{t(`dialog.${action}Hint`, { title: view.title })}</p>
      <label htmlFor="target-office">{t('target.office')}</label>
      <Select
        id="target-office"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={office || undefined}
        placeholder={t('target.officePlaceholder')}
        loading={offices.isFetching}
        options={known}
        onChange={(value: string) => {
          setOffice(value);
          setUser('');
        }}
      />
      <label htmlFor="target-user">{t(transfer ? 'target.user' : 'target.userOptional')}</label>
      <Select
        id="target-user"
        allowClear
        value={user || undefined}
        disabled={!office}
        loading={officers.isFetching}
        placeholder={t('target.userPlaceholder')}
        options={people.map((officer) => ({
          value: officer.id,
          label: `${officer.name} · ${officer.roles.map((role) => t(`common:role.${role}`)).join('、')}`,
        }))}
        onChange={(value: string | undefined) => setUser(value ?? '')}
      />
      <OpinionBox label={t('opinion.words')} value={opinion} onChange={setOpinion} />
    </FormDialog>
  );
}
