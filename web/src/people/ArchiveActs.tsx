import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useProcedures } from '../api/directory';
import type { PersonView } from '../api/types';
import { useText } from '../shared/text';
import { type PersonCase, StartCase } from './StartCase';

const WITH_OFFICE = ['with_holder', 'shelved'];

// What may be begun about an archive, and where it has to be for that.
const acts: { type: PersonCase; label: string; where: (state: string) => boolean }[] = [
  { type: 'archive', label: 'archive.start', where: (state) => ['', 'with_enterprise'].includes(state) },
  { type: 'archive-access', label: 'archive.access', where: (state) => WITH_OFFICE.includes(state) },
  { type: 'archive-recall', label: 'archive.recall', where: (state) => WITH_OFFICE.includes(state) },
  { type: 'archive-hold', label: 'archive.hold', where: (state) => ['', 'with_enterprise'].includes(state) },
  { type: 'archive-review', label: 'archive.reviewIt', where: (state) => state === 'held' },
];

/** What the caller may begin about the archive, or the case in which it is under way. */
export function ArchiveActs({ person }: { person: PersonView }) {
  const { t } = useTranslation('people');
  const text = useText();
  const procedures = useProcedures().data ?? [];
  const state = person.archive?.state ?? '';
  return acts.map(({ type, label, where }) => {
    const open = person.cases.find((each) => each.type === type && !each.endedAt);
    if (open) {
      return (
        <Link key={type} to={`/cases/${open.no}`}>
          {t('archive.underWay', { title: text(open.typeTitle) })}
        </Link>
      );
    }
    const mayStart = procedures.some((procedure) => procedure.type === type && procedure.mayStart);
    return mayStart && where(state) && <StartCase key={type} type={type} person={person} label={t(label)} />;
  });
}
