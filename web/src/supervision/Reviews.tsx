import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type DueReview, useReviews } from '../api/groups';
import { partialDate } from '../shared/dates';
import { Empty, Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';

/** Where something to be looked at again can be acted on. */
function placeOf(due: DueReview): string {
  if (due.case) return `/cases/${due.case}`;
  return due.group ? `/groups/${due.group}` : `/people/${due.person}`;
}

/** 到期复查: forms of management, archives held and people deferred, whose review date is near or past. */
export function Reviews() {
  const { t } = useTranslation('supervision');
  const query = useReviews();
  return (
    <section className="box" aria-label={t('reviews.title')}>
      <div className="list-head">
        <h2 className="grow">
          {t('reviews.title')}{' '}
          {query.data && <span className="quiet">{t('reviews.total', { count: query.data.total })}</span>}
        </h2>
      </div>
      <p className="quiet gap-below">{t('reviews.hint')}</p>
      <Panel query={query} lines={3}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('reviews.none')} />
          ) : (
            <ul className="rows reviews">
              {data.items.map((due) => (
                <Due key={`${due.kind} ${due.group} ${due.person} ${due.case}`} due={due} />
              ))}
            </ul>
          )
        }
      </Panel>
    </section>
  );
}

function Due({ due }: { due: DueReview }) {
  const { t } = useTranslation('supervision');
  const text = useText();
  const language = useLanguage();
  return (
    <li className="review" data-kind={due.kind}>
      <span className={due.past ? 'due due-overdue' : 'due due-soon'}>
        {due.past ? <WarningOutlined aria-hidden /> : <ClockCircleOutlined aria-hidden />}{' '}
        {partialDate(due.reviewOn, language)} {t(due.past ? 'reviews.past' : 'reviews.near')}
      </span>
      <span>{t(`reviews.kind.${due.kind}`)}</span>
      <Link to={placeOf(due)}>{due.title}</Link>
      <span className="quiet">{text(due.detail)}</span>
    </li>
  );
}
