import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { TEMPLATE_ADDRESS, useUploadRoster } from '../api/rosters';
import { useAllowed } from '../api/session';
import { FileDrop } from '../shared/FileDrop';
import { Empty } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { RosterSteps } from './RosterSteps';
import './roster.css';

const ACCEPT = '.xlsx,.xlsm,.csv';

/** Steps one and two: the template, and the upload by dropping or choosing a file. */
export function UploadPage() {
  const { t } = useTranslation('roster');
  const go = useNavigate();
  const allowed = useAllowed();
  const words = useProblemWords();
  const [file, setFile] = useState<File>();
  const upload = useUploadRoster((answer) => void go(`/rosters/${answer.id}`));
  if (!allowed('roster.upload')) return <Empty title={t('forbidden.title')} hint={t('forbidden.hint')} />;
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('upload')}</h1>
      </div>
      <RosterSteps current={file ? 1 : 0} />
      <section className="box">
        <h2>{t('step.s0')}</h2>
        <p>{t('templateHint')}</p>
        <div className="toolbar">
          <Button icon={<DownloadOutlined aria-hidden />} href={TEMPLATE_ADDRESS}>
            {t('template')}
          </Button>
          <span className="quiet">{t('ownLayout')}</span>
        </div>
      </section>
      <section className="box">
        <h2>{t('step.s1')}</h2>
        <FileDrop file={file} accept={ACCEPT} hint={t('dropHint')} disabled={upload.isPending} onFile={setFile} />
        {upload.error && <Alert type="error" showIcon title={words(upload.error)} className="gap-above" />}
        <div className="toolbar gap-above">
          <Button
            type="primary"
            disabled={!file}
            loading={upload.isPending}
            onClick={() => file && upload.mutate({ file })}
          >
            {t('startCheck')}
          </Button>
          <span className="quiet">{t('nothingYet')}</span>
        </div>
      </section>
    </div>
  );
}
