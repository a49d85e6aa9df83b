import { RedoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFaults, useRetryFault } from '../api/supervision';
import { Moment } from '../shared/Moment';
import { More } from '../shared/More';
import { Empty, Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { FailedMessages } from './FailedMessages';
import './supervision.css';

/** 技术故障: cases the system fails to carry on, and a way to make it try again. */
export function FaultsPage() {
  const { t } = useTranslation('supervision');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const query = useFaults();
  const retry = useRetryFault(() => message.info(t('fault.retried')));
  return (
    <>
      <p className="quiet gap-below">{t('fault.hint')}</p>
      <section className="box" aria-label={t('fault.title')}>
        <Panel query={query} lines={4}>
          {(data) => {
            const items = data.pages.flatMap((page) => page.items);
            return items.length === 0 ? (
              <Empty title={t('fault.none')} />
            ) : (
              <>
                <ul className="stuck">
                  {items.map((item) => (
                    <li key={item.no} className="stuck-item">
                      <div className="stuck-head">
                        <strong>{item.no}</strong>
                        <span className="quiet">
                          {text(item.typeTitle)} · {text(item.stageTitle)}
                        </span>
                      </div>
                      <p className="stuck-why">{text(item.sentence)}</p>
                      <div className="stuck-foot">
                        {item.since && (
                          <span className="quiet">
                            {t('list.since')} <Moment at={item.since} />
                          </span>
                        )}
                        <span className="grow" />
                        <Button
                          size="small"
                          icon={<RedoOutlined aria-hidden />}
                          loading={retry.isPending && retry.variables?.no === item.no}
                          onClick={() =>
                            retry.mutate({ no: item.no }, { onError: (error) => void message.error(words(error)) })
                          }
                        >
                          {t('fault.retry')}
                        </Button>
                      </div>
                    </li>
                  ))}
                </ul>
                <More query={query} />
              </>
            );
          }}
        </Panel>
      </section>
      <FailedMessages />
    </>
  );
}
