import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useJournal } from '../api/cases';
import type { CaseView, JournalEntry } from '../api/types';
import { Clause } from '../shared/Clause';
import { absolute } from '../shared/dates';
import { Empty, Panel } from '../shared/Panel';
import { useJoin, useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import { DefectList } from './DefectList';
import { specOf } from './form/FormFacts';
import type { FieldSpec } from './form/schema';
import { ValueWords } from './form/ValueWords';

/** Everything that was done to the case, in order, each entry chained to the one before it. */
export function JournalTab({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const query = useJournal(view.no);
  const { asOf } = view;
  const specs = new Map(view.formFields.map((field) => [field.key, specOf(field)]));
  const [, change] = useUrlState();
  return (
    <Panel query={query}>
      {(entries) =>
        entries.length === 0 ? (
          <Empty title={t('journal.empty')} />
        ) : (
          <ol className="journal">
            {[...entries]
              .filter((entry) => !asOf || entry.at <= asOf)
              .reverse()
              .map((entry) => (
                <Entry
                  key={entry.seq}
                  entry={entry}
                  specs={specs}
                  onShow={() => change({ asOf: entry.at, tab: undefined }, { push: true })}
                />
              ))}
          </ol>
        )
      }
    </Panel>
  );
}

function Entry({ entry, specs, onShow }: { entry: JournalEntry; specs: Map<string, FieldSpec>; onShow: () => void }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  const join = useJoin();
  const defects = entry.events.flatMap((event) => event.defects ?? []);
  const files = entry.events.flatMap((event) => (event.attachment ? [event.attachment.name] : []));
  const edits = entry.events.reduce((sum, event) => sum + (event.edits ?? 0), 0);
  const changes = entry.changes.filter((change) => change.field !== 'lineSet');
  return (
    <li className="entry">
      <div className="entry-head">
        <Tooltip title={t('journal.hash', { hash: entry.hash, prev: entry.prev || t('common:none') })}>
          <span className="entry-seq">
            <SafetyCertificateOutlined aria-hidden /> {entry.seq}
          </span>
        </Tooltip>
        <strong>{t(`action.${entry.action}`, { defaultValue: entry.action })}</strong>
        <span>{text(entry.stageTitle)}</span>
        <span className="quiet">
          {entry.actor === 'system' ? t('journal.system') : `${entry.officeName} · ${entry.actorName}`}
        </span>
        {entry.forName && <span className="step-tag">{t('standsFor', { name: entry.forName })}</span>}
        <time className="quiet entry-time" dateTime={entry.at}>
          {absolute(entry.at, language)}
        </time>
        <Button type="link" size="small" onClick={onShow}>
          {t('past.at')}
        </Button>
      </div>
      {entry.opinion && <q className="opinion">{entry.opinion}</q>}
      <Clause name={entry.clause} />
      <DefectList defects={defects} />
      {files.length > 0 && <div>{t('journal.attached', { names: join(files) })}</div>}
      {edits > 0 && <div>{t('journal.edits', { count: edits })}</div>}
      {changes.length > 0 && (
        <details>
          <summary className="quiet">{t('journal.changes', { count: changes.length })}</summary>
          <ul>
            {changes.map((change) => (
              <li key={change.field}>
                {text(change.title) || change.field}
                {language === 'en' ? ': ' : '：'}
                {change.old !== undefined && (
                  <>
                    <del>
                      <Value spec={specs.get(change.field)} value={change.old} />
                    </del>{' '}
                    →{' '}
                  </>
                )}
                <ins>
                  <Value spec={specs.get(change.field)} value={change.new} />
                </ins>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** A value in the words of its field; of a field that is declared no more, as it was written. */
function Value({ spec, value }: { spec: FieldSpec | undefined; value: unknown }) {
  if (spec) return <ValueWords spec={spec} value={value} />;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
