import { InboxOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';

/** An empty panel says why it is empty and what to do. */
export function Empty({
  title,
  hint,
  action,
  icon,
}: {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <div className="empty" role="status">
      <div className="empty-icon" aria-hidden>
        {icon ?? <InboxOutlined aria-hidden />}
      </div>
      <div className="empty-title">{title}</div>
      {hint && <div className="empty-hint">{hint}</div>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}

/** What went wrong in plain words, whom to ask, and a way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : undefined;
  const forbidden = problem?.status === 403 || problem?.status === 404;
  return (
    <Empty
      icon={forbidden ? <LockOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
      title={problem?.message || t(problem?.isNetwork ? 'error.network' : 'error.unknown')}
      hint={
        <>
          {t(forbidden ? 'error.whoToAsk' : 'error.tryAgain')}
          {problem?.requestId && <div className="quiet">{t('error.request', { id: problem.requestId })}</div>}
        </>
      }
      action={onRetry && !forbidden && <Button onClick={onRetry}>{t('retry')}</Button>}
    />
  );
}

interface PanelProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isPending' | 'refetch'>;
  children: (data: T) => ReactNode;
  /** Lines of the skeleton while loading. */
  lines?: number;
}

/** The three states every panel has before it shows data: skeleton, error with retry, content. */
export function Panel<T>({ query, children, lines = 4 }: PanelProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="skeleton" aria-busy="true">
      <Skeleton active title={false} paragraph={{ rows: lines }} />
    </div>
  );
}
