import { Alert, Button, Modal } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  /** The word on the button that sends. */
  submit: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  error?: string;
  width?: number;
  /** Further words or buttons beside the error, such as "reload". */
  errorAction?: ReactNode;
  onCancel: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

/** A small form in a dialog. Ctrl+Enter sends it; a failure stays in it, with what was typed. */
export function FormDialog(props: Props) {
  const { t } = useTranslation();
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !props.busy && !props.disabled) {
      event.preventDefault();
      props.onSubmit();
    }
  };
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 560}
      onCancel={props.onCancel}
      mask={{ closable: false }}
      footer={[
        <span key="hint" className="quiet wide-only dialog-hint">
          <kbd>Ctrl Enter</kbd> {t('send')}
        </span>,
        <Button key="cancel" onClick={props.onCancel}>
          {t('cancel')}
        </Button>,
        <Button
          key="submit"
          type="primary"
          danger={props.danger ?? false}
          loading={props.busy ?? false}
          disabled={props.disabled ?? false}
          onClick={props.onSubmit}
        >
          {props.submit}
        </Button>,
      ]}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only catches Ctrl+Enter from the inputs inside */}
      <div className="dialog-body" onKeyDown={pressed}>
        {props.children}
        {props.error && <Alert type="error" showIcon title={props.error} action={props.errorAction} />}
      </div>
    </Modal>
  );
}
