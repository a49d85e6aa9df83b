import { RightOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useProcedures } from '../api/directory';
import { Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { StartMenu } from './StartMenu';
import './procedures.css';

/** The procedures as they are declared. */
export function ProceduresPage() {
  const { t } = useTranslation('procedures');
  const text = useText();
  const query = useProcedures();
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('allProcedures')}</h1>
        <Link to="/cases">{t('title')}</Link>
        <StartMenu />
      </div>
      <Panel query={query}>
        {(procedures) => (
          <ul className="procedure-list">
            {procedures.map((procedure) => (
              <li key={procedure.type}>
                <Link to={`/procedures/${procedure.type}`} className="box procedure-link">
                  <span className="grow">
                    <strong>{text(procedure.title)}</strong>
                    <span className="quiet">{t('stageCount', { count: procedure.stages.length })}</span>
                  </span>
                  {procedure.mayStart && <Tag color="blue">{t('mayStart')}</Tag>}
                  <RightOutlined aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}
