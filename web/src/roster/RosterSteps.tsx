import { Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../shared/useMedia';

/** Template → upload → dry run → confirm. */
export function RosterSteps({ current }: { current: number }) {
  const { t } = useTranslation('roster');
  const phone = usePhone();
  if (phone) {
    return (
      <p className="quiet" aria-current="step">
        {t('step.of', { n: current + 1, name: t(`step.s${current}`) })}
      </p>
    );
  }
  return (
    <Steps
      size="small"
      current={current}
      items={[0, 1, 2, 3].map((n) => ({ title: t(`step.s${n}`) }))}
      className="roster-steps"
    />
  );
}
