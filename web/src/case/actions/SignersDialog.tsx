import { Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficers, useOffices } from '../../api/directory';
import { useDebounced } from '../../app/search/useDebounced';
import { FormDialog } from '../../shared/FormDialog';
import type { DialogProps } from './ActionDialog';
import { OpinionBox } from './OpinionBox';

const KINDS = ['before', 'after', 'advisory'] as const;
type Kind = (typeof KINDS)[number];

/** 加签: who else signs before or after, or is asked for an opinion. */
export function SignersDialog({ view, taskId, busy, error, errorAction, onCancel, onSend }: DialogProps) {
  const { t } = useTranslation('case');
  const task = view.tasks.find((each) => each.id === taskId);
  const [kind, setKind] = useState<Kind>('before');
  const [office, setOffice] = useState(task?.office ?? '');
  const [users, setUsers] = useState<string[]>([]);
  const [opinion, setOpinion] = useState('');
  const [typed, setTyped] = useState('');
  const offices = useOffices({ q: useDebounced(typed, 250) });
  const officers = useOfficers(office);
  const known = (offices.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  if (task && office === task.office && !known.some((option) => option.value === office)) {
    known.unshift({ value: task.office, label: task.officeName });
  }
  return (
    <FormDialog
      title={t('dialog.add-signer')}
      submit={t('action.add-signer')}
      busy={busy}
      disabled={!office || (office === task?.office && users.length === 0)}
      error={error}
      errorAction={errorAction}
      onCancel={onCancel}
      onSubmit={() =>
        onSend({
          action: 'add-signer',
          taskId,
          kind,
          signers: users.length > 0 ? users.map((user) => ({ office, user })) : [{ office }],
          ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
        })
      }
    >
      <Radio.Group
        aria-label={t('signers.kind')}
        className="stack"
        value={kind}
        onChange={(event) => setKind(event.target.value as Kind)}
        options={KINDS.map((value) => ({ value, label: t(`signers.${value}`) }))}
      />
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
          setUsers([]);
        }}
      />
      <label htmlFor="target-user">{t('signers.who')}</label>
      <Select
        id="target-user"
        mode="multiple"
        value={users}
        disabled={!office}
        loading={officers.isFetching}
        placeholder={t('target.userPlaceholder')}
        options={(officers.data ?? []).map((officer) => ({
          value: officer.id,
          label: `${officer.name} · ${officer.roles.map((role) => t(`common:role.${role}`)).join('、')}`,
        }))}
        onChange={setUsers}
      />
      <OpinionBox label={t('opinion.words')} value={opinion} onChange={setOpinion} />
    </FormDialog>
  );
}
