import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useAllowed } from '../api/session';
import type { PersonView } from '../api/types';
import { useProblemWords } from '../shared/tell';

export type PersonCase =
  | 'archive'
  | 'party'
  | 'benefit'
  | 'archive-access'
  | 'archive-recall'
  | 'archive-hold'
  | 'archive-review'
  | 'rescission'
  | 'recovery';

/** Begins a case about one person and opens it; a refusal is said beside the button. */
export function StartCase({
  type,
  person,
  label,
}: {
  type: PersonCase;
  person: Pick<PersonView, 'id'>;
  label: string;
}) {
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  if (!allowed('case.submit')) return null;
  return (
    <>
      {submit.error && <span role="alert">{words(submit.error)}</span>}
      <Button loading={submit.isPending} onClick={() => submit.mutate({ type, subject: person.id })}>
        {label}
      </Button>
    </>
  );
}
