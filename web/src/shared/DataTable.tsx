import { Table } from 'antd';
import type { ReactNode } from 'react';
import { usePhone } from './useMedia';

export interface Column<T> {
  key: string;
  title: ReactNode;
  render: (item: T) => ReactNode;
  width?: number;
  align?: 'left' | 'right';
  /** Stays in sight while the table is scrolled sideways. */
  fixed?: boolean;
}

interface Props<T> {
  items: T[];
  columns: Column<T>[];
  rowKey: (item: T) => string;
  /** The width below which the table scrolls sideways. */
  minWidth?: number;
}

/** From this many rows on only those in sight are drawn. */
const VIRTUAL = 200;

/** A dense table; on a phone one block per row, with the column's name before each value. */
export function DataTable<T extends object>({ items, columns, rowKey, minWidth = 800 }: Props<T>) {
  const phone = usePhone();
  if (phone) {
    return (
      <ul className="rows">
        {items.map((item) => (
          <li key={rowKey(item)}>
            <dl>
              {columns.map((column) => {
                const value = column.render(item);
                return value === null || value === undefined || value === '' ? null : (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{value}</dd>
                  </div>
                );
              })}
            </dl>
          </li>
        ))}
      </ul>
    );
  }
  const virtual = items.length > VIRTUAL;
  return (
    <Table<T>
      size="small"
      rowKey={rowKey}
      dataSource={items}
      pagination={false}
      virtual={virtual}
      scroll={{ x: minWidth, ...(virtual ? { y: 560 } : {}) }}
      columns={columns.map((column) => ({
        key: column.key,
        title: column.title,
        render: (_: unknown, item: T) => column.render(item),
        ...(column.width ? { width: column.width } : {}),
        ...(column.align ? { align: column.align } : {}),
        ...(column.fixed ? { fixed: 'left' as const } : {}),
      }))}
    />
  );
}
