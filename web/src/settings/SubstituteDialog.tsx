import { App, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOfficers, useOffices } from '../api/directory';
import { fieldErrors, Problem } from '../api/problem';
import { useMe } from '../api/session';
import { useSetSubstitution } from '../api/substitutions';
import { useDebounced } from '../app/search/useDebounced';
import { partialDate } from '../shared/dates';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';
import { useLanguage } from '../shared/useLanguage';

/** Names a substitute: officers for themselves, heads and system administrators for somebody away. */
export function SubstituteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const language = useLanguage();
  const { message } = App.useApp();
  const me = useMe();
  const administers = me.posts.some((post) => post.role === 'system_administrator');
  const [office, setOffice] = useState(administers ? '' : (me.posts[0]?.office ?? ''));
  const arranges = administers || me.posts.some((post) => post.role === 'head' && post.office === office);
  const [person, setPerson] = useState(administers ? '' : me.user.id);
  const [role, setRole] = useState('');
  const [substitute, setSubstitute] = useState('');
  const [days, setDays] = useState<[Dayjs | null, Dayjs | null]>([dayjs(), null]);
  const [reason, setReason] = useState('');
  const officers = useOfficers(office).data ?? [];
  const set = useSetSubstitution((done) => {
    message.info(t('substitutes.done', { name: done.substituteName, from: partialDate(done.from, language) }));
    onClose();
  });
  const errors = set.error instanceof Problem ? fieldErrors(set.error, '') : new Map<string, string>();
  const status = (...fields: string[]) => {
    const help = fields.map((field) => errors.get(field)).find(Boolean);
    return help ? { validateStatus: 'error' as const, help } : {};
  };
  const option = (officer: { id: string; name: string; roles: string[] }) => ({
    value: officer.id,
    label: `${officer.name} · ${officer.roles.map((each) => t(`common:role.${each}`)).join('、')}`,
  });
  const away = officers.find((officer) => officer.id === person);
  const submit = () =>
    set.mutate({
      person,
      substitute,
      office,
      from: days[0]?.format('YYYY-MM-DD') ?? '',
      to: days[1]?.format('YYYY-MM-DD') ?? '',
      ...(role ? { role } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
  return (
    <FormDialog
      title={t('substitutes.dialog')}
      submit={t('substitutes.submit')}
      busy={set.isPending}
      disabled={!office || !person || !substitute || !days[0] || !days[1]}
      error={set.error && errors.size === 0 ? words(set.error) : ''}
      onCancel={onClose}
      onSubmit={submit}
    >
      <p className="quiet">{t('substitutes.hint')}</p>
      <Form layout="vertical" component="div">
        <OfficeItem
          administers={administers}
          office={office}
          status={status('office')}
          onChange={(next) => {
            setOffice(next);
            setPerson(administers ? '' : me.user.id);
            setRole('');
            setSubstitute('');
          }}
        />
        {arranges && (
          <Form.Item label={t('substitutes.person')} htmlFor="substitute-person" {...status('person')}>
            <Select
              id="substitute-person"
              value={person || undefined}
              placeholder={t('substitutes.choose')}
              options={officers.map(option)}
              onChange={(value: string) => {
                setPerson(value);
                setRole('');
              }}
            />
          </Form.Item>
        )}
        {(away?.roles.length ?? 0) > 1 && (
          <Form.Item label={t('substitutes.role')} htmlFor="substitute-role" {...status('role')}>
            <Select
              id="substitute-role"
              value={role}
              onChange={setRole}
              options={[
                { value: '', label: t('substitutes.allRoles') },
                ...(away?.roles ?? []).map((each) => ({ value: each, label: t(`common:role.${each}`) })),
              ]}
            />
          </Form.Item>
        )}
        <Form.Item label={t('substitutes.substitute')} htmlFor="substitute-who" {...status('substitute')}>
          <Select
            id="substitute-who"
            value={substitute || undefined}
            placeholder={t('substitutes.choose')}
            options={officers.filter((officer) => officer.id !== person).map(option)}
            onChange={setSubstitute}
          />
        </Form.Item>
        <Form.Item
          label={t('substitutes.days')}
          htmlFor="substitute-days"
          {...status('from', 'to', ...((away?.roles.length ?? 0) > 1 ? [] : ['role']))}
        >
          <div className="two-days">
            {([0, 1] as const).map((end) => (
              <DatePicker
                key={end}
                id={end === 0 ? 'substitute-days' : 'substitute-last'}
                aria-label={t(end === 0 ? 'substitutes.first' : 'substitutes.last')}
                placeholder={t(end === 0 ? 'substitutes.first' : 'substitutes.last')}
                value={days[end]}
                format={t('case:dateFormat')}
                minDate={(end === 1 && days[0]) || dayjs()}
                onChange={(chosen) => setDays(end === 0 ? [chosen, days[1]] : [days[0], chosen])}
              />
            ))}
          </div>
        </Form.Item>
        <Form.Item
          label={t('substitutes.reason')}
          htmlFor="substitute-reason"
          extra={t('substitutes.reasonHint')}
          {...status('reason')}
        >
          <Input
            id="substitute-reason"
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface OfficeItemProps {
  administers: boolean;
  office: string;
  status: { validateStatus?: 'error'; help?: string };
  onChange: (office: string) => void;
}

/** The office, where there is a choice: administrators search the district, others have their posts. */
function OfficeItem({ administers, office, status, onChange }: OfficeItemProps) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const [typed, setTyped] = useState('');
  const found = useOffices({ q: useDebounced(typed, 250) }, administers).data ?? [];
  const own = new Map(me.posts.map((post) => [post.office, post.officeName]));
  if (!administers && own.size < 2) return null;
  const options = administers
    ? found.map((each) => ({ value: each.id, label: each.name }))
    : [...own].map(([value, label]) => ({ value, label }));
  return (
    <Form.Item label={t('substitutes.office')} htmlFor="substitute-office" {...status}>
      <Select
        id="substitute-office"
        {...(administers ? { showSearch: { filterOption: false, onSearch: setTyped } } : {})}
        value={office || undefined}
        placeholder={t('case:target.officePlaceholder')}
        options={options}
        onChange={onChange}
      />
    </Form.Item>
  );
}
