import { EditOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeleteView, useSaveView, useViews } from '../api/desk';
import { fieldErrors, Problem } from '../api/problem';
import { useMe } from '../api/session';
import type { SavedView } from '../api/types';
import { Chip } from './Chip';
import { FormDialog } from './FormDialog';
import { useProblemWords } from './tell';
import { useUrlState } from './useUrlState';

interface Props {
  page: SavedView['page'];
  /** The parts of the address that make a view: filters, not what is open. */
  keys: readonly string[];
  /** What the page shows without any filter; nothing to save then. */
  initial?: Record<string, string>;
}

/** The filters of an address in a fixed order, so that equal ones are equal texts. */
export function filtersOf(params: URLSearchParams, keys: readonly string[]): string {
  const kept = new URLSearchParams();
  for (const key of keys) {
    const value = params.get(key);
    if (value) kept.set(key, value);
  }
  return kept.toString();
}

/** Saved views as chips over a list: one click sets every filter. */
export function SavedViews({ page, keys, initial = {} }: Props) {
  const { t } = useTranslation();
  const [params, change] = useUrlState();
  const views = useViews(page).data ?? [];
  const [editing, setEditing] = useState<{ view: SavedView | undefined; query: string }>();
  const now = filtersOf(params, keys);
  const plain = now === '' || now === filtersOf(new URLSearchParams(initial), keys);
  const current = views.find((view) => filtersOf(new URLSearchParams(view.query), keys) === now);
  const open = (view: SavedView) => {
    const wanted = new URLSearchParams(view.query);
    change(
      {
        task: undefined,
        case: undefined,
        tab: undefined,
        ...Object.fromEntries(keys.map((key) => [key, wanted.get(key) ?? undefined])),
      },
      { push: true },
    );
  };
  if (views.length === 0 && plain) return null;
  return (
    <section className="chips saved-views" aria-label={t('views.label')}>
      {views.map((view) => (
        <Chip key={view.id} on={view === current} onClick={() => open(view)}>
          {view.office && <TeamOutlined role="img" aria-label={t('views.shared')} />} {view.name}
        </Chip>
      ))}
      {current?.mayDelete && (
        <Button
          type="text"
          size="small"
          icon={<EditOutlined aria-hidden />}
          aria-label={t('views.change', { name: current.name })}
          title={t('views.change', { name: current.name })}
          onClick={() => setEditing({ view: current, query: current.query })}
        />
      )}
      {!current && !plain && (
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => setEditing({ view: undefined, query: now })}
        >
          {t('views.save')}
        </Button>
      )}
      {editing && (
        <ViewDialog page={page} view={editing.view} query={editing.query} onClose={() => setEditing(undefined)} />
      )}
    </section>
  );
}

interface DialogProps {
  page: SavedView['page'];
  view: SavedView | undefined;
  query: string;
  onClose: () => void;
}

/** Names a view, shares it with the office, or deletes it. */
function ViewDialog({ page, view, query, onClose }: DialogProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const offices = new Map(useMe().posts.map((post) => [post.office, post.officeName]));
  const [name, setName] = useState(view?.name ?? '');
  const [office, setOffice] = useState(view?.office ?? '');
  const save = useSaveView(onClose);
  const remove = useDeleteView(onClose);
  const error = save.error ?? remove.error;
  const problem = error instanceof Problem ? fieldErrors(error, '').get('name') : undefined;
  const own = view?.mine ?? true;
  const [first] = offices.keys();
  return (
    <FormDialog
      title={t(view ? 'views.changeTitle' : 'views.saveTitle')}
      submit={t(own ? 'views.submit' : 'views.delete')}
      danger={!own}
      busy={save.isPending || remove.isPending}
      disabled={own && name.trim() === ''}
      error={error && !problem ? words(error) : ''}
      onCancel={onClose}
      onSubmit={() => {
        if (!own && view) remove.mutate({ id: view.id });
        else
          save.mutate({
            page,
            name: name.trim(),
            query,
            ...(office ? { office } : {}),
            ...(view ? { id: view.id } : {}),
          });
      }}
    >
      {!own && <p>{t('views.foreign', { name: view?.ownerName })}</p>}
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('views.name')}
          htmlFor="view-name"
          {...(problem ? { validateStatus: 'error' as const, help: problem } : {})}
        >
          <Input
            id="view-name"
            autoFocus
            disabled={!own}
            value={name}
            maxLength={50}
            onChange={(event) => setName(event.target.value)}
          />
        </Form.Item>
        {own && (
          <Checkbox checked={office !== ''} onChange={(event) => setOffice(event.target.checked ? (first ?? '') : '')}>
            {t('views.share')}
          </Checkbox>
        )}
        {own && office !== '' && offices.size > 1 && (
          <Select
            aria-label={t('views.share')}
            value={office}
            onChange={setOffice}
            options={[...offices].map(([value, label]) => ({ value, label }))}
          />
        )}
      </Form>
      {own && view && (
        <div>
          <Button danger type="text" loading={remove.isPending} onClick={() => remove.mutate({ id: view.id })}>
            {t('views.delete')}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
