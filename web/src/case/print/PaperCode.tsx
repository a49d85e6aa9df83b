import { QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/types';
import { groupedCode, usePaperCode } from '../../api/verification';
import type { Paper } from './papers';

/** 核验码: whoever holds the paper reads with it what the journal says, by a camera or by typing the address. */
export function PaperCode({ view, paper }: { view: Pick<CaseView, 'no' | 'version'>; paper: Paper }) {
  const { t } = useTranslation('case');
  const { data: code, error } = usePaperCode(view.no, paper, view.version);
  return (
    <div className="paper-code">
      {code ? (
        <QRCode
          type="svg"
          value={`${window.location.origin}/verify/${code}`}
          color="#000"
          bgColor="#fff"
          bordered={false}
          style={{ width: '22mm', height: '22mm' }}
          role="img"
          aria-label={t('paperCode.label')}
        />
      ) : (
        <div className="paper-code-room">{error ? t('paperCode.failed') : ''}</div>
      )}
      <div>{view.no}</div>
      {code && (
        <div>
          {window.location.host}/verify/
          <wbr />
          <span className="nowrap">{groupedCode(code)}</span>
        </div>
      )}
    </div>
  );
}
