import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useSubmitCase } from '../../api/cases';
import { useOffices } from '../../api/directory';
import { fieldErrors, Problem } from '../../api/problem';
import { useMe } from '../../api/session';
import { useDebounced } from '../../app/search/useDebounced';
import { useProblemWords } from '../../shared/tell';
import { PERSON_FIELDS } from './personFields';
import '../procedures.css';

/** Individual handover: one person, started by the enterprise or at the community counter. */
export function IndividualPage() {
  const { t } = useTranslation('procedures');
  const go = useNavigate();
  const words = useProblemWords();
  const me = useMe();
  const [params] = useSearchParams();
  const subject = params.get('subject') ?? '';
  const counter = !me.posts.some((post) => post.officeKind === 'enterprise');
  const [enterprise, setEnterprise] = useState('');
  const [person, setPerson] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<Map<string, string>>(new Map());
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  const send = () => {
    setErrors(new Map());
    const given = Object.fromEntries(
      Object.entries(person)
        .map(([key, value]) => [key, value.trim()])
        .filter(([, value]) => value !== ''),
    );
    submit.mutate(
      {
        type: 'handover',
        ...(subject ? { subject } : {}),
        form: { ...(subject ? {} : { person: given }), ...(counter ? { enterprise } : {}) },
      },
      { onError: (error) => error instanceof Problem && setErrors(fieldErrors(error)) },
    );
  };
  return (
    <div className="page individual">
      <div className="page-head">
        <h1>{t('individual.title')}</h1>
      </div>
      <p className="quiet gap-below">{t(counter ? 'individual.hintCounter' : 'individual.hint')}</p>
      <Form layout="vertical" component="form" onFinish={send}>
        <section className="box">
          {counter && <EnterpriseField value={enterprise} error={errors.get('enterprise')} onChange={setEnterprise} />}
          {subject ? (
            <Alert type="info" showIcon title={t('individual.fromRegistry')} />
          ) : (
            <div className="individual-grid">
              {PERSON_FIELDS.map((field) => {
                const error = errors.get(`person.${field.key}`);
                return (
                  <Form.Item
                    key={field.key}
                    label={t(`individual.${field.key}`)}
                    htmlFor={`person-${field.key}`}
                    required={field.required}
                    {...(error ? { validateStatus: 'error' as const, help: error } : {})}
                    extra={field.hint ? t(`individual.${field.key}Hint`) : undefined}
                  >
                    <Input
                      id={`person-${field.key}`}
                      value={person[field.key] ?? ''}
                      maxLength={200}
                      onChange={(event) => setPerson({ ...person, [field.key]: event.target.value })}
                    />
                  </Form.Item>
                );
              })}
            </div>
          )}
        </section>
        {submit.error && <Alert type="error" showIcon title={words(submit.error)} className="gap-above" />}
        <div className="toolbar gap-above">
          <Button type="primary" htmlType="submit" loading={submit.isPending} disabled={counter && !enterprise}>
            {t('individual.submit')}
          </Button>
          <span className="quiet">{t('individual.next')}</span>
        </div>
      </Form>
    </div>
  );
}

/** At the community counter the person says which enterprise it was. */
function EnterpriseField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('procedures');
  const [typed, setTyped] = useState('');
  const offices = useOffices({ kind: 'enterprise', q: useDebounced(typed, 250) });
  return (
    <Form.Item
      label={t('individual.enterprise')}
      htmlFor="enterprise"
      required
      {...(error ? { validateStatus: 'error' as const, help: error } : {})}
    >
      <Select
        id="enterprise"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={value || undefined}
        placeholder={t('individual.chooseEnterprise')}
        loading={offices.isFetching}
        options={(offices.data ?? []).map((office) => ({ value: office.id, label: office.name }))}
        onChange={onChange}
      />
    </Form.Item>
  );
}
