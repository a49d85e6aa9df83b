import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BenefitCase, type NewClaimant, useSetClaimants } from '../../api/benefits';
import { FormDialog } from '../../shared/FormDialog';
import { useProblemWords } from '../../shared/tell';
import './benefit.css';

interface Props {
  no: string;
  /** Only the account of the one claimant is asked for. */
  account: boolean;
  held: BenefitCase['claimants'];
  onDone: () => void;
}

type Draft = NewClaimant & { key: number };
type TextField = 'name' | 'relation' | 'idNumber' | 'bank' | 'account' | 'phone' | 'mail';

const WHOLE = 10_000;

/** Enters who claims. Numbers and accounts are never read back: whoever changes one thing types them again. */
export function ClaimantsDialog({ no, account, held, onDone }: Props) {
  const { t } = useTranslation('procedures');
  const words = useProblemWords();
  const save = useSetClaimants(no, onDone);
  const [list, setList] = useState<Draft[]>(() =>
    held.length > 0
      ? held.map((one, key) => ({
          key,
          name: one.name,
          relation: one.relation,
          idNumber: '',
          bank: account ? '' : (one.bank ?? ''),
          account: '',
          phone: '',
          mail: '',
          share: one.share,
        }))
      : [{ key: 0, name: '', relation: '', idNumber: '', bank: '', account: '', share: WHOLE }],
  );
  const change = (key: number, values: Partial<NewClaimant>) =>
    setList((now) => now.map((one) => (one.key === key ? { ...one, ...values } : one)));
  const sum = list.reduce((total, one) => total + one.share, 0);
  const text = (one: Draft, field: TextField, hint?: string) => (
    <div>
      <label htmlFor={`claimant-${field}-${one.key}`}>{t(`benefit.${field}`)}</label>
      <Input
        id={`claimant-${field}-${one.key}`}
        autoComplete="off"
        className={field === 'idNumber' || field === 'account' ? 'mono' : ''}
        placeholder={hint}
        maxLength={field === 'idNumber' ? 18 : 100}
        value={one[field]}
        onChange={(event) => change(one.key, { [field]: event.target.value })}
      />
    </div>
  );
  return (
    <FormDialog
      title={t(account ? 'benefit.editAccount' : 'benefit.edit')}
      submit={t('benefit.save')}
      width={720}
      busy={save.isPending}
      disabled={!account && sum !== WHOLE}
      error={save.error ? words(save.error) : ''}
      onCancel={onDone}
      onSubmit={() => save.mutate(list.map(({ key: _, ...one }) => one))}
    >
      <p className="quiet">{t(held.length > 0 && !account ? 'benefit.again' : 'benefit.claimantsHint')}</p>
      {list.map((one) => (
        <fieldset key={one.key} className="claimant">
          {!account && (
            <>
              {text(one, 'name')}
              {text(one, 'relation', t('benefit.relationHint'))}
              {text(one, 'idNumber')}
              <div>
                <label htmlFor={`claimant-share-${one.key}`}>{t('benefit.share')}</label>
                <InputNumber
                  id={`claimant-share-${one.key}`}
                  min={0}
                  max={100}
                  precision={2}
                  value={one.share / 100}
                  onChange={(value) => change(one.key, { share: Math.round((value ?? 0) * 100) })}
                />
              </div>
            </>
          )}
          {text(one, 'bank')}
          {text(one, 'account')}
          {!account && (
            <>
              {text(one, 'phone', t('benefit.contactHint'))}
              {text(one, 'mail')}
            </>
          )}
          {!account && list.length > 1 && (
            <Button size="small" onClick={() => setList((now) => now.filter((each) => each.key !== one.key))}>
              {t('benefit.remove')}
            </Button>
          )}
        </fieldset>
      ))}
      {!account && (
        <p>
          <Button
            size="small"
            onClick={() =>
              setList((now) => [
                ...now,
                {
                  key: Math.max(...now.map((one) => one.key)) + 1,
                  name: '',
                  relation: '',
                  idNumber: '',
                  bank: '',
                  account: '',
                  share: Math.max(0, WHOLE - sum),
                },
              ])
            }
          >
            {t('benefit.add')}
          </Button>{' '}
          {sum !== WHOLE && <span role="status">{t('benefit.shareSum', { sum: sum / 100 })}</span>}
        </p>
      )}
    </FormDialog>
  );
}
