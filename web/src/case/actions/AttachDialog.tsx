import { App, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useUploadFile } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { FileDrop } from '../../shared/FileDrop';
import { FormDialog } from '../../shared/FormDialog';
import { useProblemWords } from '../../shared/tell';
import { useText } from '../../shared/text';

interface Props {
  view: CaseView;
  taskId: string;
  /** The paper the file stands for, when it is known from where the dialog was opened. */
  material: string;
  onClose: () => void;
}

const LIMIT_MB = 20;

/** Uploads a file and makes it part of the case: two writes, one after the other. */
export function AttachDialog({ view, taskId, material, onClose }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [stands, setStands] = useState(material);
  const upload = useUploadFile(view.no);
  const act = useAct(view.no, () => {
    message.info(t('files.attached', { name: file?.name ?? '' }));
    onClose();
  });
  const submit = () => {
    if (!file) return;
    upload.mutate(
      { file },
      {
        onSuccess: (uploaded) =>
          act.mutate({
            action: 'attach',
            seen: view.version,
            file: uploaded.file,
            ...(taskId ? { taskId } : {}),
            ...(stands ? { material: stands } : {}),
          }),
      },
    );
  };
  const error = upload.error ?? act.error;
  return (
    <FormDialog
      title={t('dialog.attach')}
      submit={t('action.attach')}
      busy={upload.isPending || act.isPending}
      disabled={!file}
      error={error ? words(error) : ''}
      onCancel={onClose}
      onSubmit={submit}
    >
      <FileDrop file={file} onFile={setFile} hint={t('files.limit', { mb: LIMIT_MB })} />
      <label htmlFor="material">{t('files.standsFor')}</label>
      <Select
        id="material"
        allowClear
        placeholder={t('files.other')}
        value={stands || undefined}
        onChange={(value: string | undefined) => setStands(value ?? '')}
        options={view.materials.map((each) => ({ value: each.key, label: text(each.title) }))}
      />
    </FormDialog>
  );
}
