import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAct, useCase } from '../api/cases';
import { fieldErrors, Problem } from '../api/problem';
import type { ActionBody, CaseView } from '../api/types';
import { concernsDeath } from '../inbox/tact';
import { decisionOn } from '../shared/decision';
import { Panel } from '../shared/Panel';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { useUrlState } from '../shared/useUrlState';
import { ActionBar } from './actions/ActionBar';
import { CaseHeader } from './CaseHeader';
import { CaseTabs } from './CaseTabs';
import { useDraft } from './form/useDraft';
import { actsOf } from './myTask';
import { Comparison } from './past/Comparison';
import './case.css';

interface Props {
  no: string;
  taskId?: string;
  /** After an act the inbox moves on; elsewhere nothing more happens. */
  onActed?: (after: CaseView, body: ActionBody) => void;
}

/** A case as both the inbox's right pane and the page of its own show it. */
export function CaseDetail({ no, taskId = '', onActed }: Props) {
  const [params] = useUrlState();
  const query = useCase(no, true, params.get('asOf') ?? '');
  return (
    <Panel query={query} lines={10}>
      {(view) => <Loaded view={view} taskId={taskId} onActed={onActed} onReload={() => void query.refetch()} />}
    </Panel>
  );
}

/** Acts beside the task: what is being filled in stays. */
const BESIDE = new Set(['comment', 'cc', 'attach', 'read', 'claim', 'urge', 'supervise']);

interface LoadedProps {
  view: CaseView;
  taskId: string;
  onActed: Props['onActed'];
  onReload: () => void;
}

function Loaded({ view, taskId, onActed, onReload }: LoadedProps) {
  const { t } = useTranslation('case');
  const text = useText();
  const words = useProblemWords();
  const { message } = App.useApp();
  const [params, change] = useUrlState();
  const acts = actsOf(view, taskId);
  const draft = useDraft(acts.task, acts.allowed('approve') || acts.allowed('resolve'));
  const act = useAct(view.no, (after, body) => {
    // What happened and what is next, in the sentence of the case; never a cheer after a death.
    const told = `${t(`done.${body.action}`, { context: decisionOn(view.type) })}${text(after.sentence)}`;
    if (concernsDeath(after, body)) message.info({ content: told, duration: 6 });
    else message.success({ content: told, duration: 5 });
    // What was sent is no draft any more; a comment or a copy leaves it.
    if (!BESIDE.has(body.action)) draft.forget();
    onActed?.(after, body);
  });
  const send = (body: Omit<ActionBody, 'seen'>, onDone: () => void) =>
    act.mutate(
      { ...body, seen: view.version },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (error instanceof Problem) draft.setErrors(Object.fromEntries(fieldErrors(error)));
        },
      },
    );
  const tab = params.get('tab') ?? 'handle';
  const against = params.get('against');
  if (view.asOf && against) {
    return (
      <article className="case" aria-label={view.title}>
        <CaseHeader view={view} />
        <Comparison before={view} against={against} />
      </article>
    );
  }
  return (
    <article className="case" aria-label={view.title}>
      <CaseHeader view={view} />
      <CaseTabs
        view={view}
        acts={acts}
        draft={draft}
        tab={tab}
        onSend={send}
        onTab={(next) => change({ tab: next === 'handle' ? undefined : next })}
      />
      {!view.asOf && (
        <ActionBar
          view={view}
          acts={acts}
          draft={draft}
          busy={act.isPending}
          error={act.error ? words(act.error) : ''}
          stale={act.error instanceof Problem && act.error.isStale}
          onForget={act.reset}
          onReload={() => {
            act.reset();
            onReload();
          }}
          onSend={send}
          onShowForm={() => change({ tab: undefined })}
        />
      )}
    </article>
  );
}
