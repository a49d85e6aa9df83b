import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RosterView } from '../api/types';
import { Empty } from '../shared/Panel';
import { useText } from '../shared/text';

/** Real progress, n of m rows; before the number of rows is known, the rows so far. */
export function Checking({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const known = roster.progressOf > 0;
  const percent = known ? Math.min(100, Math.round((roster.progress / roster.progressOf) * 100)) : 0;
  const words = known
    ? t('progress.of', { n: roster.progress, of: roster.progressOf })
    : t('progress.reading', { n: roster.progress });
  return (
    <section className="box" role="status" aria-live="polite">
      <h2>{t('progress.title')}</h2>
      <Progress percent={percent} status="active" showInfo={known} aria-label={words} />
      <p>{words}</p>
      <p className="quiet">{t('progress.leave')}</p>
    </section>
  );
}

/** A file that was refused as a whole: why, and what to do. */
export function Refused({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const text = useText();
  return (
    <section className="box">
      <Empty
        title={t('refused.title')}
        hint={text(roster.refusal)}
        action={
          <Link to="/rosters/new">
            <Button type="primary">{t('refused.again')}</Button>
          </Link>
        }
      />
    </section>
  );
}
