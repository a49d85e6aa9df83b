import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTasks } from '../api/tasks';
import { useText } from '../shared/text';

/** "All done" tells what was done last, so that nobody wonders whether it arrived. */
export function LastDone() {
  const { t } = useTranslation('inbox');
  const text = useText();
  const last = useTasks({ box: 'done', type: '', q: '' }).data?.pages[0]?.items[0];
  if (!last) return <>{t('empty.firstTime')}</>;
  return (
    <Link to={`/cases/${last.case}`}>{t('empty.lastDone', { stage: text(last.stageTitle), title: last.title })}</Link>
  );
}
