import { useTranslation } from 'react-i18next';
import { useProcedures } from '../api/directory';
import type { PersonView } from '../api/types';
import { partialDate } from '../shared/dates';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { Custody } from './Custody';
import { StartCase } from './StartCase';

/** Who holds the person's archive, since when, and every change of hands with both signatures. */
export function ArchiveBox({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const language = useLanguage();
  const archive = person.archive;
  // For the enterprise that still holds the archive.
  const mayStart =
    useProcedures().data?.some((procedure) => procedure.type === 'archive' && procedure.mayStart) ?? false;
  const facts: [string, string, string][] = archive
    ? [
        ['holder', t('archive.holder'), archive.holder],
        ['state', t('archive.state'), text(archive.stateTitle)],
        ['number', t('archive.number'), archive.number],
        ['shelf', t('archive.shelf'), archive.shelf],
        ['review', t('archive.review'), partialDate(archive.reviewOn ?? '', language)],
        [
          'recorded',
          t('archive.recorded'),
          archive.recordedOn ? `${archive.recordedBy ?? ''} ${partialDate(archive.recordedOn, language)}` : '',
        ],
      ]
    : [];
  return (
    <section className="box" aria-label={t('archive.title')}>
      <div className="box-head">
        <h2 className="grow">{t('archive.title')}</h2>
        {mayStart && (!archive || archive.state === 'with_enterprise') && (
          <StartCase type="archive" person={person} label={t('archive.start')} />
        )}
      </div>
      {!archive ? (
        <p className="quiet">{t('archive.unknown')}</p>
      ) : (
        <>
          <dl className="facts">
            {facts
              .filter(([, , value]) => value)
              .map(([key, label, value]) => (
                <div key={key} data-fact={`archive-${key}`}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            <div>
              <dt>{t('archive.since')}</dt>
              <dd>
                <Moment at={archive.since} />
              </dd>
            </div>
          </dl>
          <h3>{t('archive.custody')}</h3>
          <Custody changes={archive.custody} first={(name) => t('archive.received', { received: name })} />
        </>
      )}
    </section>
  );
}
