import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../api/types';
import { partialDate } from '../shared/dates';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

interface Destination {
  key: string;
  title: string;
  /** Who has it now; empty while nobody of this system has. */
  holder: string;
  note?: ReactNode;
}

/** Where the person, the archive, the Party relation and the pension are, side by side: who has what, since when. */
export function Destinations({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const language = useLanguage();
  const { archive, party } = person;
  const destinations: Destination[] = [
    {
      key: 'person',
      title: t('destinations.person'),
      holder: person.communityName || (person.bodyName ?? ''),
      note: person.handedOverOn && t('destinations.since', { date: partialDate(person.handedOverOn, language) }),
    },
    {
      key: 'archive',
      title: t('destinations.archive'),
      holder: archive?.holder ?? '',
      note: archive && (
        <>
          {text(archive.stateTitle)} · <Moment at={archive.since} />
        </>
      ),
    },
    // For Party roles alone: the others have no such place here, whoever the person is.
    ...(party
      ? [
          {
            key: 'party',
            title: t('destinations.party'),
            holder: party.holder,
            note: (
              <>
                {party.branch && `${party.branch} · `}
                <Moment at={party.since} />
              </>
            ),
          },
        ]
      : []),
    {
      key: 'pension',
      title: t('destinations.pension'),
      holder: person.payingAgency || t('destinations.payingAgency'),
      note: t('destinations.stays'),
    },
  ];
  return (
    <section className="destinations" aria-label={t('destinations.title')}>
      {destinations.map((destination) => (
        <div className="box destination" key={destination.key} data-destination={destination.key}>
          <h2>{destination.title}</h2>
          <strong>{destination.holder || t('notYet')}</strong>
          {destination.note && <div className="quiet">{destination.note}</div>}
        </div>
      ))}
    </section>
  );
}
