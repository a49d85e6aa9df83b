import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BulkResult, TaskItem } from '../api/types';

/** A result for every single task; the refused ones come first, with the reason. */
export function BulkResults({
  tasks,
  results,
  onClose,
}: {
  tasks: TaskItem[];
  results: BulkResult[];
  onClose: () => void;
}) {
  const { t } = useTranslation('inbox');
  const done = results.filter((result) => result.ok).length;
  const ordered = [...results].sort((a, b) => Number(a.ok) - Number(b.ok));
  const titles = new Map(tasks.map((task) => [task.id, task]));
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('bulk.result', { done, refused: results.length - done })}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('common:close')}
        </Button>
      }
    >
      <ul className="bulk-results">
        {ordered.map((result) => {
          const task = titles.get(result.taskId);
          return (
            <li key={result.taskId}>
              {result.ok ? (
                <CheckOutlined aria-label={t('bulk.ok')} />
              ) : (
                <CloseOutlined aria-label={t('bulk.refused')} />
              )}
              <span>
                {task?.title} <span className="quiet">{task?.case}</span>
                {result.problem && <span className="bulk-reason">{result.problem.message}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
