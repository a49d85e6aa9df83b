import { CheckCircleOutlined, ExclamationCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Problem } from '../api/problem';
import type { Verification } from '../api/types';
import { groupedCode, useVerification } from '../api/verification';
import { LanguageSwitch } from '../app/LanguageSwitch';
import { absolute } from '../shared/dates';
import { Panel } from '../shared/Panel';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import './verify.css';

/** What the journal says of a printed paper, for whoever holds it: no frame, no sign-in, large type. */
export function VerifyPage() {
  const { t } = useTranslation('verify');
  const { code = '' } = useParams();
  const query = useVerification(code);
  const unknown = query.error instanceof Problem && query.error.status === 404;
  return (
    <div className="verify">
      <header className="verify-head">
        <span>{t('brand')}</span>
        <LanguageSwitch />
      </header>
      <main className="verify-main">
        {unknown ? (
          <Verdict kind="doubt" icon={<QuestionCircleOutlined aria-hidden />} title={t('unknown.title')}>
            <p>{t('unknown.check')}</p>
            <p className="verify-code">{code}</p>
            <p>{t('unknown.then')}</p>
          </Verdict>
        ) : (
          <Panel query={query}>{(paper) => <Paper paper={paper} code={code} />}</Panel>
        )}
      </main>
    </div>
  );
}

function Paper({ paper, code }: { paper: Verification; code: string }) {
  const { t } = useTranslation('verify');
  const text = useText();
  const language = useLanguage();
  const facts: [string, ReactNode][] = [[t('office'), paper.officeName]];
  if (paper.paperTitle) facts.push([t('paper'), text(paper.paperTitle)]);
  if (paper.typeTitle) facts.push([t('type'), text(paper.typeTitle)]);
  facts.push([t('no'), paper.no]);
  if (paper.at) facts.push([t('printedFrom'), t('entry', { n: paper.version, at: absolute(paper.at, language) })]);
  if (paper.hash) facts.push([t('hash'), <span key="hash">{groupedCode(paper.hash)}</span>]);
  return (
    <>
      {paper.intact ? (
        <Verdict kind="good" icon={<CheckCircleOutlined aria-hidden />} title={t('genuine.title')}>
          <p>{t('genuine.text')}</p>
        </Verdict>
      ) : (
        <Verdict kind="doubt" icon={<ExclamationCircleOutlined aria-hidden />} title={t('broken.title')}>
          <p>{t('broken.text')}</p>
        </Verdict>
      )}
      <dl className="verify-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {paper.standing && (
        <section className={paper.goneOn ? 'verify-standing gone-on' : 'verify-standing'}>
          <h2>{t(paper.goneOn ? 'goneOn' : 'unchanged')}</h2>
          <p>{text(paper.standing)}</p>
        </section>
      )}
      <p className="verify-note">{t('note')}</p>
      <p className="verify-note">{t('code', { code: groupedCode(code.replace(/[- ]/g, '').toUpperCase()) })}</p>
    </>
  );
}

function Verdict({
  kind,
  icon,
  title,
  children,
}: {
  kind: 'good' | 'doubt';
  icon: ReactNode;
  title: string;
  children: ReactNode;
}) {
  return (
    <section className={`verify-verdict ${kind}`}>
      <h1>
        {icon} {title}
      </h1>
      {children}
    </section>
  );
}
