import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeletePhrase, usePhrases, useSavePhrase } from '../api/desk';
import type { Phrase } from '../api/types';
import { DataTable } from '../shared/DataTable';
import { FormDialog } from '../shared/FormDialog';
import { Empty, Panel } from '../shared/Panel';
import { useProblemWords, useTellProblem } from '../shared/tell';

/** 常用意见: an officer's own wordings, the most used first. */
export function PhrasesPage() {
  const { t } = useTranslation('settings');
  const tell = useTellProblem();
  const query = usePhrases();
  const remove = useDeletePhrase();
  const [editing, setEditing] = useState<Partial<Phrase>>();
  const button = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing({})}>
      {t('phrases.add')}
    </Button>
  );
  return (
    <>
      <div className="toolbar">
        <p className="quiet grow">{t('phrases.hint')}</p>
        {button}
      </div>
      <section className="box">
        <Panel query={query} lines={5}>
          {(phrases) =>
            phrases.length === 0 ? (
              <Empty title={t('phrases.empty')} hint={t('phrases.emptyHint')} action={button} />
            ) : (
              <DataTable
                items={phrases}
                rowKey={(phrase) => phrase.id}
                minWidth={560}
                columns={[
                  { key: 'words', title: t('phrases.words'), render: (phrase) => phrase.words },
                  {
                    key: 'uses',
                    title: t('phrases.uses'),
                    width: 110,
                    align: 'right',
                    render: (phrase) => t('phrases.times', { count: phrase.uses }),
                  },
                  {
                    key: 'acts',
                    title: '',
                    width: 110,
                    render: (phrase) => (
                      <>
                        <Button
                          type="text"
                          size="small"
                          icon={<EditOutlined aria-hidden />}
                          aria-label={t('phrases.change')}
                          title={t('phrases.change')}
                          onClick={() => setEditing(phrase)}
                        />
                        <Button
                          type="text"
                          size="small"
                          icon={<DeleteOutlined aria-hidden />}
                          aria-label={t('phrases.delete')}
                          title={t('phrases.delete')}
                          onClick={() => remove.mutate({ id: phrase.id }, { onError: tell })}
                        />
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </Panel>
      </section>
      {editing && <PhraseDialog phrase={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function PhraseDialog({ phrase, onClose }: { phrase: Partial<Phrase>; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const [text, setText] = useState(phrase.words ?? '');
  const save = useSavePhrase(onClose);
  return (
    <FormDialog
      title={t(phrase.id ? 'phrases.change' : 'phrases.add')}
      submit={t('phrases.submit')}
      busy={save.isPending}
      disabled={text.trim() === ''}
      error={save.error ? words(save.error) : ''}
      onCancel={onClose}
      onSubmit={() => save.mutate({ words: text.trim(), ...(phrase.id ? { id: phrase.id } : {}) })}
    >
      <label htmlFor="phrase-words">{t('phrases.words')}</label>
      <Input.TextArea
        id="phrase-words"
        autoFocus
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.target.value)}
        autoSize={{ minRows: 2, maxRows: 6 }}
      />
    </FormDialog>
  );
}
