import { FileOutlined, InboxOutlined } from '@ant-design/icons';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from './fileSize';

interface Props {
  file: File | undefined;
  onFile: (file: File) => void;
  hint: string;
  accept?: string;
  disabled?: boolean;
}

/** A place to drop one file, or to choose it; a real file input, so that keyboards and readers can use it. */
export function FileDrop({ file, onFile, hint, accept, disabled = false }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const first = files?.[0];
    if (first && !disabled) onFile(first);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <label
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <input
        ref={input}
        type="file"
        className="drop-input"
        accept={accept}
        disabled={disabled}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // the same file may be chosen again after it was corrected
        }}
      />
      <span className="drop-icon" aria-hidden>
        {file ? <FileOutlined aria-hidden /> : <InboxOutlined aria-hidden />}
      </span>
      <span>{file ? `${file.name} · ${fileSize(file.size)}` : t('drop')}</span>
      <span className="quiet">{hint}</span>
    </label>
  );
}
