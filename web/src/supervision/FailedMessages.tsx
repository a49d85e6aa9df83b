import { RedoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFailedMessages, useRetryMessage } from '../api/supervision';
import { Moment } from '../shared/Moment';
import { Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';

/** 未能送出的通知: what families and retirees were not told, and a way to send it again. */
export function FailedMessages() {
  const { t } = useTranslation('supervision');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const query = useFailedMessages();
  const retry = useRetryMessage(() => message.info(t('message.retried')));
  return (
    <section className="box" aria-label={t('message.title')}>
      <h2>{t('message.title')}</h2>
      <Panel query={query} lines={2}>
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">{t('message.none')}</p>
          ) : (
            <>
              <p className="quiet">{t('message.hint')}</p>
              <ul className="stuck">
                {items.map((item) => (
                  <li key={item.id} className="stuck-item">
                    <div className="stuck-head">
                      <strong>{item.case}</strong>
                      <span className="quiet">
                        {text(item.typeTitle)} · {t(`message.channel.${item.channel}`)}{' '}
                        <span className="mono">{item.to}</span>
                      </span>
                    </div>
                    <p className="stuck-why">{text(item.reason)}</p>
                    <div className="stuck-foot">
                      <span className="quiet">
                        {t('message.attempts', { count: item.attempts })} · <Moment at={item.failedAt} />
                      </span>
                      <span className="grow" />
                      <Button
                        size="small"
                        icon={<RedoOutlined aria-hidden />}
                        loading={retry.isPending && retry.variables?.id === item.id}
                        onClick={() =>
                          retry.mutate({ id: item.id }, { onError: (error) => void message.error(words(error)) })
                        }
                      >
                        {t('message.retry')}
                      </Button>
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Panel>
    </section>
  );
}
