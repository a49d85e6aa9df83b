import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useProcedures } from '../api/directory';
import type { ProcedureView, StageView } from '../api/types';
import { readSchema } from '../case/form/schema';
import { Clause } from '../shared/Clause';
import { Empty, Panel } from '../shared/Panel';
import { useJoin, useText } from '../shared/text';
import { StartMenu } from './StartMenu';
import './procedures.css';

/** One procedure: its stages with office, role, time, papers and what is filled in. */
export function ProcedurePage() {
  const { t } = useTranslation('procedures');
  const { type = '' } = useParams();
  const query = useProcedures();
  return (
    <div className="page">
      <Panel query={query}>
        {(procedures) => {
          const procedure = procedures.find((each) => each.type === type);
          return procedure ? <Declared procedure={procedure} /> : <Empty title={t('unknown')} />;
        }}
      </Panel>
    </div>
  );
}

function Declared({ procedure }: { procedure: ProcedureView }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  return (
    <>
      <div className="page-head">
        <h1 className="grow">{text(procedure.title)}</h1>
        <Link to={`/cases?type=${procedure.type}`}>{t('itsCases')}</Link>
        {procedure.mayStart && <StartMenu />}
      </div>
      <ol className="stages">
        {procedure.stages.map((stage) => (
          <li key={stage.key} className="box">
            <Stage stage={stage} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Stage({ stage }: { stage: StageView }) {
  const { t } = useTranslation('procedures');
  const text = useText();
  const join = useJoin();
  const fields = readSchema(stage.schema).filter((spec) => !spec.computed && spec.key !== 'materials');
  const signers = stage.signers.map((signer) =>
    signer.of === 'applicant'
      ? t('applicant', { role: t(`common:role.${signer.role}`) })
      : t(signer.eachOfLines ? 'signerEach' : 'signer', {
          office: t(`common:officeKind.${signer.officeKind}`),
          role: t(`common:role.${signer.role}`),
        }),
  );
  const dueField = fields.find((field) => field.key === stage.dueField);
  const dueWords = dueField
    ? t('due.field', { name: text(dueField.title) })
    : stage.due.count
      ? t(`due.${stage.due.kind ?? 'working_days'}`, { count: stage.due.count })
      : t('due.none');
  return (
    <>
      <div className="stage-head">
        <span className="stage-group">{stage.group}</span>
        <strong>{text(stage.title)}</strong>
        <span className="quiet">
          {stage.child
            ? t('waitsFor', {
                name: join(
                  [stage.child, ...Object.values(stage.childBy?.types ?? {})].map((type) =>
                    t(`common:caseType.${type}`),
                  ),
                ),
              })
            : signers.join(' + ')}
        </span>
        <span className="grow" />
        <span className="quiet">{dueWords}</span>
      </div>
      <p className="quiet">
        {t(`mode.${stage.mode}`)}
        {stage.condition && ` · ${t(`condition.${stage.condition}`, { defaultValue: t('condition.other') })}`}{' '}
        {stage.clauses.map((clause) => (
          <Clause key={clause} name={clause} />
        ))}
      </p>
      {stage.materials.length > 0 && (
        <p>
          {t('papers')} {join(stage.materials.map((material) => text(material.title)))}
        </p>
      )}
      {fields.length > 0 && (
        <p>
          {t('fields')} {join(fields.map((field) => text(field.title)))}
        </p>
      )}
    </>
  );
}
