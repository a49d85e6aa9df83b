import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '../../api/types';
import { useText } from '../../shared/text';

interface Props {
  label: string;
  tasks: TaskView[];
  value: string;
  onChange: (task: string) => void;
}

/** Which of several tasks is meant; a single one needs no question. */
export function TaskField({ label, tasks, value, onChange }: Props) {
  const { t } = useTranslation('case');
  const text = useText();
  if (tasks.length < 2) return null;
  const kind = (task: TaskView) => (task.kind ? ` · ${t(`taskKind.${task.kind}`)}` : '');
  return (
    <>
      <label htmlFor="which-task">{label}</label>
      <Select
        id="which-task"
        value={value}
        onChange={onChange}
        options={tasks.map((task) => ({
          value: task.id,
          label: `${task.officeName} · ${task.ownerName || text(task.roleTitle)}${kind(task)}`,
        }))}
      />
    </>
  );
}
