import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../../api/cases';
import type { CaseView, TaskView } from '../../api/types';
import { useText } from '../../shared/text';
import { AttachDialog } from '../actions/AttachDialog';
import type { FieldSpec } from './schema';

interface Props {
  id: string;
  view: CaseView;
  task: TaskView;
  spec: FieldSpec;
  value: unknown;
  disabled: boolean;
  onChange: (value: string[]) => void;
}

/** The papers of a submission as a tick list: required or on condition, with what has been uploaded. */
export function MaterialsField({ id, view, task, spec, value, disabled, onChange }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  const [attaching, setAttaching] = useState('');
  const ticked = Array.isArray(value) ? value.map(String) : [];
  const proposed = Array.isArray(task.form.proposal[spec.key])
    ? (task.form.proposal[spec.key] as unknown[]).map(String)
    : [];
  const mayAttach = view.actions.some((action) => action.action === 'attach' && action.allowed);
  const toggle = (key: string, on: boolean) =>
    onChange(on ? [...ticked, key] : ticked.filter((other) => other !== key));
  return (
    <ul className="materials" id={id}>
      {spec.options.map((option) => {
        const material = view.materials.find((each) => each.key === option.value);
        const files = view.attachments.filter((each) => each.material === option.value);
        // A paper on condition is needed exactly when the system ticks it for this case.
        const needed = material?.required === true && (!material.condition || proposed.includes(option.value));
        return (
          <li key={option.value}>
            <Checkbox
              checked={ticked.includes(option.value)}
              disabled={disabled}
              onChange={(event) => toggle(option.value, event.target.checked)}
            >
              {text(option.title)}
            </Checkbox>
            <Tag color={needed ? 'blue' : 'default'}>{t(needed ? 'materials.required' : 'materials.optional')}</Tag>
            {files.map((file) => (
              <a key={file.file} href={fileAddress(view.no, file.file)} download={file.name} className="material-file">
                <PaperClipOutlined aria-hidden /> {file.name}
              </a>
            ))}
            {!disabled && mayAttach && (
              <Button
                type="link"
                size="small"
                icon={<UploadOutlined aria-hidden />}
                aria-label={t('materials.uploadFor', { name: text(option.title) })}
                onClick={() => setAttaching(option.value)}
              >
                {t('materials.upload')}
              </Button>
            )}
          </li>
        );
      })}
      {attaching && <AttachDialog view={view} taskId={task.id} material={attaching} onClose={() => setAttaching('')} />}
    </ul>
  );
}
