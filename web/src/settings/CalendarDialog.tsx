import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarEdit, type CalendarView, useProposeChange } from '../api/governance';
import { fieldErrors, Problem } from '../api/problem';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';

type Meaning = 'off' | 'working' | 'remove';

interface Row {
  key: number;
  day: string;
  meaning: Meaning;
  name: string;
}

/** What a chosen day becomes first: the opposite of what it is. */
function rowFor(calendar: CalendarView, day: string, key: number): Row {
  const found = calendar.days.find((each) => each.day === day);
  if (found) return { key, day, meaning: found.own ? 'remove' : found.working ? 'off' : 'working', name: found.name };
  const weekend = day !== '' && [0, 6].includes(dayjs(day).day());
  return { key, day, meaning: weekend ? 'working' : 'off', name: '' };
}

/** Proposes a change to a calendar: special days, working hours, the last year whose holidays are published. */
export function CalendarDialog({
  calendar,
  day,
  onClose,
}: {
  calendar: CalendarView;
  day: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('governance');
  const words = useProblemWords();
  const { message } = App.useApp();
  const [rows, setRows] = useState<Row[]>([rowFor(calendar, day, 0)]);
  const [hours, setHours] = useState('');
  const [lastYear, setLastYear] = useState<number | null>(null);
  const [source, setSource] = useState('');
  const propose = useProposeChange(() => {
    message.info(t('change.proposed'));
    onClose();
  });
  const filled = rows.filter((row) => row.day !== '');
  const special = filled.filter((row) => row.meaning !== 'remove');
  const removed = filled.filter((row) => row.meaning === 'remove');
  const errors = propose.error instanceof Problem ? fieldErrors(propose.error, '') : new Map<string, string>();
  const error = (place: string) => {
    const help = errors.get(place);
    return help ? { validateStatus: 'error' as const, help } : {};
  };
  const rowError = (row: Row) => {
    const at = special.indexOf(row);
    return at >= 0
      ? (errors.get(`calendar.days[${at}].day`) ?? errors.get(`calendar.days[${at}].name`))
      : errors.get(`calendar.removed[${removed.indexOf(row)}]`);
  };
  const set = (key: number, changes: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  const submit = () => {
    const edit: CalendarEdit = {};
    if (special.length > 0)
      edit.days = special.map((row) => ({ day: row.day, working: row.meaning === 'working', name: row.name.trim() }));
    if (removed.length > 0) edit.removed = removed.map((row) => row.day);
    if (hours.trim()) edit.hours = hours.trim();
    if (lastYear) edit.lastYear = lastYear;
    propose.mutate({ scope: calendar.scope, source: source.trim(), calendar: edit });
  };
  return (
    <FormDialog
      title={t('calendar.dialog', { name: calendar.name })}
      submit={t('change.propose')}
      width={680}
      busy={propose.isPending}
      disabled={
        !source.trim() || special.some((row) => !row.name.trim()) || (filled.length === 0 && !hours.trim() && !lastYear)
      }
      error={
        propose.error && errors.size === 0
          ? words(propose.error)
          : (errors.get('scope') ?? errors.get('calendar') ?? '')
      }
      onCancel={onClose}
      onSubmit={submit}
    >
      <p className="quiet gap-below">{t('change.hint')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('calendar.days')}>
          {rows.map((row) => (
            <div key={row.key} className="day-row">
              <DatePicker
                aria-label={t('calendar.day')}
                value={row.day ? dayjs(row.day) : null}
                format={t('case:dateFormat')}
                onChange={(chosen) =>
                  set(row.key, chosen ? rowFor(calendar, chosen.format('YYYY-MM-DD'), row.key) : { day: '' })
                }
              />
              <Select<Meaning>
                aria-label={t('calendar.meaning')}
                value={row.meaning}
                options={(['off', 'working', 'remove'] as const).map((meaning) => ({
                  value: meaning,
                  label: t(`calendar.as.${meaning}`),
                }))}
                onChange={(meaning) => set(row.key, { meaning })}
              />
              <Input
                aria-label={t('calendar.name')}
                placeholder={t('calendar.name')}
                value={row.meaning === 'remove' ? '' : row.name}
                disabled={row.meaning === 'remove'}
                maxLength={50}
                onChange={(event) => set(row.key, { name: event.target.value })}
              />
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('calendar.dropRow')}
                onClick={() => setRows(rows.filter((each) => each.key !== row.key))}
              />
              {rowError(row) && <div className="row-error">{rowError(row)}</div>}
            </div>
          ))}
          <Button
            type="dashed"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setRows([...rows, rowFor(calendar, '', Math.max(-1, ...rows.map((row) => row.key)) + 1)])}
          >
            {t('calendar.addDay')}
          </Button>
        </Form.Item>
        <div className="field-pair">
          <Form.Item label={t('calendar.newHours')} htmlFor="calendar-hours" {...error('calendar.hours')}>
            <Input
              id="calendar-hours"
              value={hours}
              placeholder={calendar.hours}
              maxLength={100}
              onChange={(event) => setHours(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('calendar.newLastYear')} htmlFor="calendar-year" {...error('calendar.lastYear')}>
            <InputNumber
              id="calendar-year"
              value={lastYear}
              placeholder={String(calendar.lastYear)}
              onChange={setLastYear}
            />
          </Form.Item>
        </div>
        <Form.Item label={t('change.source')} htmlFor="calendar-source" required {...error('source')}>
          <Input
            id="calendar-source"
            value={source}
            placeholder={t('change.sourceExample')}
            maxLength={500}
            onChange={(event) => setSource(event.target.value)}
          />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
