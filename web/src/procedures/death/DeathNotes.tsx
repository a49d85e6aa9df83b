import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/types';
import { partialDate } from '../../shared/dates';
import { useLanguage } from '../../shared/useLanguage';

/** Says on another case who of its people has died, so that whoever acts knows. */
export function DeathNotes({ view }: { view: CaseView }) {
  const { t } = useTranslation('procedures');
  const language = useLanguage();
  return (
    <>
      {(view.deaths ?? []).map((note) => (
        <Alert
          key={note.person}
          type="info"
          className="gap-below"
          title={t('death.note', { name: note.name, date: partialDate(note.diedOn, language) })}
        />
      ))}
    </>
  );
}
