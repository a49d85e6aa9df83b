import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useAllowed, useMe } from '../api/session';
import type { PersonView } from '../api/types';
import { FormDialog } from '../shared/FormDialog';
import { useProblemWords } from '../shared/tell';

const SOURCES = ['family', 'other-scheme', 'other-province'] as const;

/** Takes in a claim where the benefit is claimed already: what follows is said before it begins. */
export function SecondClaim({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const agency = useMe().posts.some((post) => post.officeKind === 'agency');
  const [open, setOpen] = useState(false);
  const [source, setSource] = useState<(typeof SOURCES)[number]>('family');
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!allowed('case.submit')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('person.secondClaim')}</Button>
      {open && (
        <FormDialog
          title={t('person.secondClaim')}
          submit={t('person.secondClaimBegin')}
          busy={submit.isPending}
          error={submit.error ? words(submit.error) : ''}
          onCancel={() => setOpen(false)}
          onSubmit={() => submit.mutate({ type: 'benefit', subject: person.id, form: { source } })}
        >
          <p>{t('person.secondClaimHint')}</p>
          {agency && (
            <Radio.Group
              aria-label={t('person.claimSource')}
              value={source}
              onChange={(event) => setSource(event.target.value)}
              options={SOURCES.map((each) => ({ value: each, label: t(`person.claimSources.${each}`) }))}
            />
          )}
        </FormDialog>
      )}
    </>
  );
}
