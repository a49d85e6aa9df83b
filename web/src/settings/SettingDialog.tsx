import { App, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingView, useProposeChange } from '../api/governance';
import { fieldErrors, Problem } from '../api/problem';
import { partialDate } from '../shared/dates';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { useValueWords } from './valueWords';

const KINDS = ['working_days', 'calendar_days', 'working_hours'] as const;

/** Proposes a new value of a setting from a day on, with its document; shows those that were. */
export function SettingDialog({
  setting,
  region,
  onClose,
}: {
  setting: SettingView;
  region: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('governance');
  const text = useText();
  const words = useProblemWords();
  const language = useLanguage();
  const valueWords = useValueWords();
  const { message } = App.useApp();
  const [value, setValue] = useState<unknown>(setting.inForce ? setting.inForce.value : setting.default);
  const [from, setFrom] = useState<Dayjs | null>(dayjs());
  const [source, setSource] = useState('');
  const propose = useProposeChange(() => {
    message.info(t('change.proposed'));
    onClose();
  });
  const errors = propose.error instanceof Problem ? fieldErrors(propose.error, '') : new Map<string, string>();
  const error = (place: string) => {
    const help = errors.get(place);
    return help ? { validateStatus: 'error' as const, help } : {};
  };
  const submit = () =>
    propose.mutate({
      scope: region,
      source: source.trim(),
      setting: { name: setting.name, validFrom: from?.format('YYYY-MM-DD') ?? '', value },
    });
  return (
    <FormDialog
      title={text(setting.title)}
      submit={t('change.propose')}
      busy={propose.isPending}
      disabled={!source.trim() || !from || value === undefined}
      error={propose.error && errors.size === 0 ? words(propose.error) : (errors.get('scope') ?? '')}
      onCancel={onClose}
      onSubmit={submit}
    >
      <p className="quiet gap-below">
        {text(setting.help)} {t('change.hint')}
      </p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('setting.value')} htmlFor="setting-value" {...error('setting.value')}>
          <ValueInput setting={setting} value={value} onChange={setValue} />
        </Form.Item>
        <Form.Item label={t('setting.from')} htmlFor="setting-from" {...error('setting.validFrom')}>
          <DatePicker
            id="setting-from"
            className="date-input"
            value={from}
            minDate={dayjs()}
            format={t('case:dateFormat')}
            onChange={setFrom}
          />
        </Form.Item>
        <Form.Item label={t('change.source')} htmlFor="setting-source" required {...error('source')}>
          <Input
            id="setting-source"
            value={source}
            placeholder={t('change.sourceExample')}
            maxLength={500}
            onChange={(event) => setSource(event.target.value)}
          />
        </Form.Item>
      </Form>
      {setting.values.length > 0 && (
        <>
          <h3 className="quiet">{t('setting.history')}</h3>
          <ul className="change-what">
            {setting.values.map((each) => (
              <li key={`${each.region}${each.validFrom}`}>
                {t('setting.was', {
                  place: each.region === '000000' ? t('common:scope.national') : each.regionName,
                  day: partialDate(each.validFrom, language),
                  value: valueWords(setting.name, each.value),
                  source: each.source,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </FormDialog>
  );
}

interface InputProps {
  setting: SettingView;
  value: unknown;
  onChange: (value: unknown) => void;
}

function ValueInput({ setting, value, onChange }: InputProps) {
  const { t } = useTranslation('governance');
  const text = useText();
  if (setting.kind === 'choice') {
    return (
      <Radio.Group
        aria-label={t('setting.value')}
        className="stack"
        value={value}
        options={(setting.options ?? []).map((option) => ({ value: option.value, label: text(option.title) }))}
        onChange={(event) => onChange(event.target.value as string)}
      />
    );
  }
  if (setting.kind === 'number') {
    return (
      <InputNumber
        id="setting-value"
        value={Number(value)}
        min={setting.least}
        max={setting.most}
        precision={0}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  }
  const due = (typeof value === 'object' && value !== null ? value : {}) as { kind?: string; count?: number };
  const set = (changes: { kind?: string; count?: number }) =>
    onChange({ kind: due.kind || 'working_days', count: due.count ?? 0, ...changes });
  return (
    <div className="day-row">
      <InputNumber
        id="setting-value"
        value={due.count ?? 0}
        min={setting.least}
        max={setting.most}
        precision={0}
        onChange={(count) => set({ count: count ?? 0 })}
      />
      <Select
        aria-label={t('setting.unit')}
        value={due.kind || 'working_days'}
        options={KINDS.map((kind) => ({ value: kind, label: t(`setting.kind.${kind}`) }))}
        onChange={(kind) => set({ kind })}
      />
    </div>
  );
}
