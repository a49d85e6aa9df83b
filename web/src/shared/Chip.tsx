import { CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

/** A filter that is on or off; the tick says so without colour. */
export function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={on ? 'chip chip-on' : 'chip'} aria-pressed={on} onClick={onClick}>
      {on && <CheckOutlined aria-hidden />} {children}
    </button>
  );
}
