import { SwapOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCase } from '../../api/cases';
import type { CaseView } from '../../api/types';
import { absolute } from '../../shared/dates';
import { Panel } from '../../shared/Panel';
import { useText } from '../../shared/text';
import { useLanguage } from '../../shared/useLanguage';
import { specOf } from '../form/FormFacts';
import { ValueWords } from '../form/ValueWords';
import { type FactKey, factsOf } from './facts';

/** Two moments of a case side by side; what differs is marked in words and colour. */
export function Comparison({ before, against }: { before: CaseView; against: string }) {
  const query = useCase(before.no, true, against);
  return <Panel query={query}>{(after) => <Table before={before} after={after} against={against} />}</Panel>;
}

function Table({ before, after, against }: { before: CaseView; after: CaseView; against: string }) {
  const { t } = useTranslation('case');
  const language = useLanguage();
  const left = factsOf(before);
  const right = factsOf(after);
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  const changed = keys.filter((key) => left.get(key)?.print !== right.get(key)?.print);
  return (
    <section className="box">
      <h2>{t('past.differences', { count: changed.length })}</h2>
      <div className="scroll-x">
        <table className="comparison">
          <thead>
            <tr>
              <th>{t('past.what')}</th>
              <th>{absolute(before.asOf ?? against, language)}</th>
              <th>{absolute(against, language)}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key} className={changed.includes(key) ? 'comparison-changed' : ''}>
                <th scope="row">
                  <Name fact={left.get(key) ?? right.get(key)} />
                  {changed.includes(key) && (
                    <span className="comparison-mark">
                      <SwapOutlined aria-hidden /> {t('past.changed')}
                    </span>
                  )}
                </th>
                <td>
                  <Value fact={left.get(key)} />
                </td>
                <td>
                  <Value fact={right.get(key)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Fact = ReturnType<typeof factsOf> extends Map<FactKey, infer F> ? F : never;

function Name({ fact }: { fact: Fact | undefined }): ReactNode {
  const { t } = useTranslation('case');
  const text = useText();
  if (!fact) return null;
  if (fact.kind === 'field') return text(fact.field.title);
  if (fact.kind === 'step') return `${t('past.step')} · ${text(fact.step.title)}`;
  return t(`past.fact.${fact.kind}`);
}

function Value({ fact }: { fact: Fact | undefined }): ReactNode {
  const { t } = useTranslation('case');
  const text = useText();
  const language = useLanguage();
  if (!fact) return <span className="quiet">{t('common:none')}</span>;
  switch (fact.kind) {
    case 'field':
      return <ValueWords spec={specOf(fact.field)} value={fact.value} />;
    case 'step':
      return (
        <>
          {fact.step.state === 'done'
            ? t(`stepOutcome.${fact.step.wait ? 'finished' : (fact.step.outcome ?? 'approved')}`)
            : t(`stepState.${fact.step.state}`)}
          {fact.step.signers
            .filter((signer) => signer.personName)
            .map((signer) => ` · ${signer.personName}`)
            .join('')}
        </>
      );
    case 'state':
      return t(`common:caseState.${fact.view.state}`);
    case 'stage':
      return text(fact.view.stageTitle) || t('common:none');
    case 'files':
      return fact.view.attachments.map((file) => file.name).join('、') || t('common:none');
    case 'tasks':
      return (
        <ul>
          {fact.view.tasks
            .filter((task) => task.state === 'open' || task.state === 'waiting')
            .map((task) => (
              <li key={task.id}>
                {task.officeName} · {task.ownerName || t('nobodyYet')}
                {task.due && ` · ${t('common:due.on', { date: absolute(task.due, language) })}`}
              </li>
            ))}
        </ul>
      );
  }
}
