import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonView } from '../api/types';
import { partialDate } from '../shared/dates';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

/** Every change of who cares for the person, newest first. */
export function History({ history }: { history: PersonView['history'] }) {
  const { t } = useTranslation('people');
  const text = useText();
  const language = useLanguage();
  if (history.length === 0) return <p className="quiet">{t('history.empty')}</p>;
  return (
    <ol className="history">
      {[...history].reverse().map((entry) => (
        <li key={`${entry.on} ${entry.case ?? ''} ${text(entry.what)}`}>
          <time dateTime={entry.on}>{partialDate(entry.on, language)}</time>
          <span>
            {text(entry.what)} · {entry.manager}
            {entry.form && ` · ${entry.form}`}
          </span>
          {entry.case && <Link to={`/cases/${entry.case}`}>{entry.case}</Link>}
        </li>
      ))}
    </ol>
  );
}
