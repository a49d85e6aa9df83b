import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../api/types';
import { CaseNumber } from '../shared/CaseNumber';
import { absolute } from '../shared/dates';
import { StateStamp } from '../shared/StateStamp';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { PastBar } from './past/PastBar';

/** Number, title, state, and the sentence that answers a telephone call. */
export function CaseHeader({ view }: { view: CaseView }) {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  return (
    <header className="case-head">
      <div className="case-head-line">
        <CaseNumber no={view.no} />
        {view.papers.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: view.papers.map((paper) => ({ key: paper.key, label: text(paper.title) })),
              onClick: ({ key }) => window.open(`/print/cases/${view.no}/${key}`, '_blank'),
            }}
          >
            <Button type="text" size="small" icon={<PrinterOutlined aria-hidden />}>
              {t('print')}
            </Button>
          </Dropdown>
        )}
        <PastBar view={view} />
        {view.parent && (
          <Link to={`/cases/${view.parent}`} className="quiet-link">
            {t('parent', { no: view.parent })}
          </Link>
        )}
      </div>
      <h1 className="case-title">
        {view.title} <StateStamp state={view.state} />
      </h1>
      <p className="quiet">
        {text(view.typeTitle)} · {t('submittedBy', { office: view.officeName, name: view.initiatorName })} ·{' '}
        {absolute(view.submittedAt, language)}
      </p>
      <p className="sentence" data-testid="sentence">
        {text(view.sentence)}
      </p>
    </header>
  );
}
