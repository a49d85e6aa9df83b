import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../api/cases';
import type { CaseView } from '../api/types';
import { fileSize } from '../shared/fileSize';
import { Moment } from '../shared/Moment';
import { Empty } from '../shared/Panel';
import { useText } from '../shared/text';
import { AttachDialog } from './actions/AttachDialog';
import type { Acts } from './myTask';

/** The papers of the case, each with what it stands for. */
export function FilesTab({ view, acts }: { view: CaseView; acts: Acts }) {
  const { t } = useTranslation('case');
  const text = useText();
  const [attaching, setAttaching] = useState(false);
  const titles = new Map(view.materials.map((material) => [material.key, material.title]));
  const attach = acts.allowed('attach') && (
    <Button icon={<UploadOutlined aria-hidden />} onClick={() => setAttaching(true)}>
      {t('action.attach')}
    </Button>
  );
  return (
    <div>
      {view.attachments.length === 0 ? (
        <Empty title={t('files.empty')} hint={t('files.hint')} action={attach} />
      ) : (
        <>
          <div className="toolbar">{attach}</div>
          <ul className="files">
            {view.attachments.map((file) => (
              <li key={file.file}>
                <a href={fileAddress(view.no, file.file)} download={file.name}>
                  <PaperClipOutlined aria-hidden /> {file.name}
                </a>
                <span className="quiet">
                  {[
                    file.material ? text(titles.get(file.material)) : t('files.other'),
                    fileSize(file.size),
                    file.byName,
                  ].join(' · ')}{' '}
                  · <Moment at={file.at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {attaching && (
        <AttachDialog view={view} taskId={acts.task?.id ?? ''} material="" onClose={() => setAttaching(false)} />
      )}
    </div>
  );
}
