import { BulbOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView, TaskView, Text } from '../../api/types';
import { isShownAbove } from '../../procedures/pickers';
import { Clause } from '../../shared/Clause';
import { useText } from '../../shared/text';
import { ComputedField } from './ComputedField';
import { FieldInput } from './FieldInput';
import { MaterialsField } from './MaterialsField';
import { type FieldSpec, isAsked, isEmpty, isRequired } from './schema';
import type { Draft } from './useDraft';
import { ValueWords } from './ValueWords';

interface Props {
  view: CaseView;
  task: TaskView;
  draft: Draft;
  disabled: boolean;
}

/** Draws a stage's form from its schema: each field with what the system proposes, why, and the clause. */
export function SchemaForm({ view, task, draft, disabled }: Props) {
  const { t } = useTranslation('case');
  const asked = draft.specs.filter(
    (spec) => isAsked(spec, draft.values) && !(spec.computed && isShownAbove(view.type, spec.key)),
  );
  if (asked.length === 0) return <p className="quiet">{t('nothingToFill')}</p>;
  return (
    <Form layout="vertical" component="div">
      {asked.map((spec) => (
        <Field key={spec.key} spec={spec} view={view} task={task} draft={draft} disabled={disabled} />
      ))}
    </Form>
  );
}

function Field({ spec, view, task, draft, disabled }: Props & { spec: FieldSpec }) {
  const text = useText();
  const proposed = task.form.proposal[spec.key];
  const reason = task.form.reasons[spec.key];
  const id = `field-${spec.key}`;
  if (spec.computed) return <ComputedField spec={spec} value={proposed} reason={reason} />;
  const error = draft.errors[spec.key];
  const changed = !isEmpty(proposed) && JSON.stringify(proposed) !== JSON.stringify(draft.values[spec.key]);
  return (
    <Form.Item
      htmlFor={id}
      label={
        spec.kind === 'boolean' ? undefined : (
          <>
            {text(spec.title)} <Clause name={spec.clause} />
          </>
        )
      }
      required={isRequired(spec, draft.values)}
      {...(error ? { validateStatus: 'error' as const, help: error } : {})}
      extra={
        (reason || changed) && (
          <Proposal
            spec={spec}
            proposed={proposed}
            reason={reason}
            changed={changed && !disabled}
            onRestore={() => draft.set(spec.key, proposed)}
          />
        )
      }
    >
      {spec.key === 'materials' ? (
        <MaterialsField
          id={id}
          view={view}
          task={task}
          spec={spec}
          value={draft.values[spec.key]}
          disabled={disabled}
          onChange={(value) => draft.set(spec.key, value)}
        />
      ) : (
        <FieldInput
          id={id}
          spec={spec}
          view={view}
          value={draft.values[spec.key]}
          disabled={disabled}
          onChange={(value) => draft.set(spec.key, value)}
        />
      )}
    </Form.Item>
  );
}

interface ProposalProps {
  spec: FieldSpec;
  proposed: unknown;
  reason: Text | undefined;
  changed: boolean;
  onRestore: () => void;
}

/** Where the proposed value comes from; a changed one can be taken back. */
function Proposal({ spec, proposed, reason, changed, onRestore }: ProposalProps) {
  const { t } = useTranslation('case');
  const text = useText();
  return (
    <span className="proposal">
      <BulbOutlined aria-hidden /> {t('proposal.label')}
      {changed && (
        <>
          <ValueWords spec={spec} value={proposed} />
          {reason && ' · '}
        </>
      )}
      {text(reason)}
      {changed && (
        <Button type="link" size="small" icon={<UndoOutlined aria-hidden />} onClick={onRestore}>
          {t('proposal.restore')}
        </Button>
      )}
    </span>
  );
}
