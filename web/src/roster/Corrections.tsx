import { DeleteRowOutlined, DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { correctableAddress, useCorrectRoster, useDiscardNotPart } from '../api/rosters';
import { useAllowed } from '../api/session';
import type { RosterView } from '../api/types';
import { useProblemWords } from '../shared/tell';

/** What to do with the rows that cannot go on: correct them in Excel, or take out those not meant. */
export function Corrections({ roster }: { roster: RosterView }) {
  const { t } = useTranslation('roster');
  const words = useProblemWords();
  const allowed = useAllowed();
  const { message } = App.useApp();
  const correct = useCorrectRoster(roster.id);
  const discard = useDiscardNotPart(roster.id);
  const blocked = roster.totals.blocker;
  if (blocked === 0 || !allowed('roster.upload')) return null;
  const toCorrect = blocked - roster.notPart;
  const error = correct.error ?? discard.error;
  return (
    <section className="box">
      <h2>{t('correct.title', { count: blocked })}</h2>
      <div className="correct">
        {toCorrect > 0 && (
          <div className="correct-part">
            <p>{t('correct.toCorrect', { count: toCorrect })}</p>
            <div className="toolbar">
              <Button
                icon={<DownloadOutlined aria-hidden />}
                href={correctableAddress(roster.id)}
                data-testid="correctable"
              >
                {t('correct.download')}
              </Button>
              <Upload
                accept=".xlsx,.xlsm,.csv"
                showUploadList={false}
                beforeUpload={(file) => {
                  correct.mutate({ file }, { onSuccess: () => message.info(t('correct.merging')) });
                  return false;
                }}
              >
                <Button icon={<UploadOutlined aria-hidden />} loading={correct.isPending}>
                  {t('correct.upload')}
                </Button>
              </Upload>
            </div>
          </div>
        )}
        {roster.notPart > 0 && (
          <div className="correct-part">
            <p>{t('correct.notPart', { count: roster.notPart })}</p>
            <div className="toolbar">
              <Button
                icon={<DeleteRowOutlined aria-hidden />}
                loading={discard.isPending}
                onClick={() => discard.mutate({ rows: 'not_part' })}
              >
                {t('correct.discard', { count: roster.notPart })}
              </Button>
            </div>
          </div>
        )}
      </div>
      {error && <Alert type="error" showIcon title={words(error)} />}
    </section>
  );
}
