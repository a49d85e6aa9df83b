import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonView } from '../api/types';
import { Moment } from '../shared/Moment';
import { useText } from '../shared/text';

type Change = NonNullable<PersonView['archive']>['custody'][number];

/** Every change of hands, the latest first: who has it since, and who signed on both sides. */
export function Custody({ changes, first }: { changes: Change[]; first: (name: string) => string }) {
  const { t } = useTranslation('people');
  const text = useText();
  return (
    <ol className="history">
      {[...changes].reverse().map((change) => (
        <li key={`${change.at} ${change.to}`}>
          <Moment at={change.at} />
          <span>
            {text(change.reason)} · {change.to}
            <span className="quiet signed-by">
              {change.handedBy
                ? t('archive.signed', { handed: change.handedBy, received: change.receivedBy })
                : first(change.receivedBy)}
            </span>
          </span>
          {change.case && <Link to={`/cases/${change.case}`}>{change.case}</Link>}
        </li>
      ))}
    </ol>
  );
}
