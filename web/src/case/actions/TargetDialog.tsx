import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficers, useOffices } from '../../api/directory';
import type { TaskView } from '../../api/types';
import { useDebounced } from '../../app/search/useDebounced';
import { FormDialog } from '../../shared/FormDialog';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';
import { TaskField } from './TaskField';

interface Props extends DialogProps {
  action: 'transfer' | 'cc' | 'delegate' | 'reassign';
  /** The tasks the act may mean; none for the whole case. */
  tasks: TaskView[];
}

/** Chooses an office and, when wanted, a person: transfer and reassign within the role, delegate, cc. */
export function TargetDialog({ action, tasks, view, busy, error, errorAction, onCancel, onSend }: Props) {
  const { t } = useTranslation('case');
  // Whoever takes a task over needs its role; whoever helps or reads does not.
  const moves = action === 'transfer' || action === 'reassign';
  const [which, setWhich] = useState(tasks[0]?.id ?? '');
  const task = tasks.find((each) => each.id === which);
  const [office, setOffice] = useState(action === 'cc' ? '' : (task?.office ?? ''));
  const [user, setUser] = useState('');
  const [opinion, setOpinion] = useState('');
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 250);
  const current = view.plan.find((step) => step.state === 'current');
  const offices = useOffices({ ...(moves && current?.officeKind ? { kind: current.officeKind } : {}), q });
  const officers = useOfficers(office);
  const known = (offices.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  if (task && office === task.office && !known.some((option) => option.value === office)) {
    known.unshift({ value: task.office, label: task.officeName });
  }
  const people = (officers.data ?? []).filter((officer) => !moves || (task && officer.roles.includes(task.role)));
  return (
    <FormDialog
      title={t(`dialog.${action}`)}
      submit={t(`action.${action}`)}
      busy={busy}
      disabled={
        !office || (action !== 'cc' && office === task?.office && !user) || (action === 'reassign' && !opinion.trim())
      }
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action,
          ...(task ? { taskId: task.id } : {}),
          target: { office, ...(user ? { user } : {}) },
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
        })
      }
    >
      <p className="quiet">{t(`dialog.${action}Hint`, { title: view.title })}</p>
      <TaskField label={t('whichTask')} tasks={tasks} value={which} onChange={setWhich} />
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
      <label htmlFor="target-user">{t(moves ? 'target.user' : 'target.userOptional')}</label>
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
      <OpinionBox
        label={t(action === 'reassign' ? 'opinion.reason' : 'opinion.words')}
        value={opinion}
        onChange={setOpinion}
      />
    </FormDialog>
  );
}
