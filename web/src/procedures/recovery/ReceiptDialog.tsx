import { DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewReceipt, useRecordReceipt } from '../../api/recoveries';
import { FormDialog } from '../../shared/FormDialog';
import { fenOf, money } from '../../shared/quantities';
import { useProblemWords } from '../../shared/tell';
import { useLanguage } from '../../shared/useLanguage';

const METHODS = ['transfer', 'counter', 'court'] as const;

/** Writes down one receipt. What is still open is the most it can be. */
export function ReceiptDialog({ no, open, onDone }: { no: string; open: number; onDone: () => void }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  const words = useProblemWords();
  const save = useRecordReceipt(no, onDone);
  const [receipt, setReceipt] = useState<NewReceipt>({
    number: '',
    amount: 0,
    receivedOn: dayjs().format('YYYY-MM-DD'),
    method: 'transfer',
  });
  const set = (change: Partial<NewReceipt>) => setReceipt((now) => ({ ...now, ...change }));
  return (
    <FormDialog
      title={t('recovery.record')}
      submit={t('recovery.save')}
      busy={save.isPending}
      disabled={receipt.number.trim() === '' || receipt.amount <= 0}
      error={save.error ? words(save.error) : ''}
      onCancel={onDone}
      onSubmit={() => save.mutate(receipt)}
    >
      <p className="quiet">{t('recovery.recordHint', { open: money(open, language) })}</p>
      <Form layout="vertical" component={false}>
        <Form.Item label={t('recovery.number')} htmlFor="receipt-number" required>
          <Input
            id="receipt-number"
            className="mono"
            autoComplete="off"
            maxLength={60}
            value={receipt.number}
            onChange={(event) => set({ number: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('recovery.amountYuan')} htmlFor="receipt-amount" required>
          <InputNumber
            id="receipt-amount"
            min={0}
            max={open / 100}
            precision={2}
            value={receipt.amount > 0 ? receipt.amount / 100 : null}
            onChange={(value) => set({ amount: fenOf(value ?? 0) })}
          />
        </Form.Item>
        <Form.Item label={t('recovery.receivedOn')} htmlFor="receipt-date" required>
          <DatePicker
            id="receipt-date"
            className="date-input"
            allowClear={false}
            value={dayjs(receipt.receivedOn)}
            format={[t('case:dateFormat'), 'YYYY-MM-DD']}
            disabledDate={(day) => day.isAfter(dayjs(), 'day')}
            onChange={(chosen) => chosen && set({ receivedOn: chosen.format('YYYY-MM-DD') })}
          />
        </Form.Item>
        <Form.Item label={t('recovery.method')} htmlFor="receipt-method" required>
          <Select
            id="receipt-method"
            value={receipt.method}
            onChange={(method: NewReceipt['method']) => set({ method })}
            options={METHODS.map((method) => ({ value: method, label: t(`recovery.methods.${method}`) }))}
          />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
