import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';
import { type PrintedPaper, usePaper } from '../../api/papers';
import { meQuery } from '../../api/session';
import { Panel } from '../../shared/Panel';
import './print.css';

/** A paper of a case as the PDF that is printed and sealed, without the frame. */
export function PrintPage() {
  const { t } = useTranslation('case');
  const { no = '', paper = 'slip' } = useParams();
  const location = useLocation();
  const me = useQuery(meQuery);
  const query = usePaper(no, paper, me.data !== null && me.data !== undefined);
  if (me.data === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <main className="print-desk" aria-label={t('paper.title')}>
      {query.isPending && (
        <p className="print-tools quiet" role="status">
          {t('paper.making')}
        </p>
      )}
      <Panel query={query}>{(printed) => <Sheet printed={printed} />}</Panel>
    </main>
  );
}

function Sheet({ printed }: { printed: PrintedPaper }) {
  const { t } = useTranslation('case');
  const frame = useRef<HTMLIFrameElement>(null);
  const [address, setAddress] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(printed.pdf);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [printed]);
  if (!address) return null;
  return (
    <>
      <div className="print-tools">
        <Button
          type="primary"
          icon={<PrinterOutlined aria-hidden />}
          onClick={() => frame.current?.contentWindow?.print()}
        >
          {t('print')}
        </Button>
        <Button icon={<DownloadOutlined aria-hidden />} href={address} download={printed.name}>
          {t('paper.download')}
        </Button>
        <Button onClick={() => window.close()}>{t('common:close')}</Button>
      </div>
      <iframe ref={frame} className="print-sheet" src={address} title={printed.name} />
    </>
  );
}
