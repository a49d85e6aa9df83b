import { Checkbox, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSubmitCase } from '../api/cases';
import { useOffices } from '../api/directory';
import { type GroupPerson, type ManagedGroup, useGroupPeople } from '../api/groups';
import { FormDialog } from '../shared/FormDialog';
import { More } from '../shared/More';
import { Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import './groups.css';

/** The street and the people of one batch; those who live in the street are chosen already. */
export function TransitionDialog({ group, onClose }: { group: ManagedGroup; onClose: () => void }) {
  const { t } = useTranslation('groups');
  const go = useNavigate();
  const words = useProblemWords();
  const people = useGroupPeople(group.id);
  const streets = useOffices({ kind: 'street', region: group.region }).data ?? [];
  const [street, setStreet] = useState<string>();
  const [changed, setChanged] = useState<string[]>();
  const submit = useSubmitCase((created) => void go(`/cases/${created.no}`));
  const free = (people.data?.pages.flatMap((page) => page.items) ?? []).filter((person) => !person.transition);
  const chosen = changed ?? free.filter((person) => person.street === street).map((person) => person.id);
  return (
    <FormDialog
      title={t('startTransition')}
      submit={t('transition.submit', { count: chosen.length })}
      width={640}
      busy={submit.isPending}
      disabled={!street || chosen.length === 0}
      {...(submit.error ? { error: words(submit.error) } : {})}
      onCancel={onClose}
      onSubmit={() => submit.mutate({ type: 'transition', form: { group: group.id, street, people: chosen } })}
    >
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('transition.street')}
          htmlFor="transition-street"
          extra={t('transition.streetHint')}
          required
        >
          <Select
            id="transition-street"
            showSearch={{ optionFilterProp: 'label' }}
            value={street}
            options={streets.map((office) => ({
              value: office.id,
              label: t('transition.option', {
                name: office.name,
                count: free.filter((person) => person.street === office.id).length,
              }),
            }))}
            onChange={(next: string) => {
              setStreet(next);
              setChanged(undefined);
            }}
          />
        </Form.Item>
        <Form.Item label={t('transition.people', { count: chosen.length })} required>
          <Panel query={people} lines={3}>
            {() => (
              <>
                <Choices people={free} chosen={chosen} onChoose={setChanged} />
                <More query={people} />
              </>
            )}
          </Panel>
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface ChoicesProps {
  people: GroupPerson[];
  chosen: string[];
  onChoose: (chosen: string[]) => void;
}

function Choices({ people, chosen, onChoose }: ChoicesProps) {
  const { t } = useTranslation('groups');
  return (
    <>
      <Checkbox
        checked={people.length > 0 && chosen.length === people.length}
        indeterminate={chosen.length > 0 && chosen.length < people.length}
        onChange={(event) => onChoose(event.target.checked ? people.map((person) => person.id) : [])}
      >
        {t('transition.all')}
      </Checkbox>
      <ul className="transition-people">
        {people.map((person) => (
          <li key={person.id}>
            <Checkbox
              checked={chosen.includes(person.id)}
              onChange={(event) =>
                onChoose(event.target.checked ? [...chosen, person.id] : chosen.filter((id) => id !== person.id))
              }
            >
              {person.name} <span className="quiet">{person.residence || t('transition.noAddress')}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </>
  );
}
