import { RollbackOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOfferReturned } from '../../api/cases';
import { useAllowed, useMe } from '../../api/session';
import type { CaseView } from '../../api/types';
import { useProblemWords } from '../../shared/tell';

/** Returned lines are offered to the enterprise for a new batch, in one click. */
export function ReturnedOffer({ view, count }: { view: CaseView; count: number }) {
  const { t } = useTranslation('case');
  const go = useNavigate();
  const words = useProblemWords();
  const allowed = useAllowed();
  const enterprise = useMe().posts.some((post) => post.officeKind === 'enterprise');
  const offer = useOfferReturned(view.no, (roster) => void go(`/rosters/${roster.id}`));
  if (count === 0 || view.type !== 'handover' || !enterprise || !allowed('roster.upload')) return null;
  return (
    <Alert
      type="info"
      icon={<RollbackOutlined aria-hidden />}
      showIcon
      className="gap-below"
      title={t('returned.title', { count })}
      description={offer.error ? words(offer.error) : t('returned.hint')}
      action={
        <Button size="small" loading={offer.isPending} onClick={() => offer.mutate({})}>
          {t('returned.newBatch')}
        </Button>
      }
    />
  );
}
