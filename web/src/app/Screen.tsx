import { Spin } from 'antd';

/** The sign of life while the first chunk of a screen is under way. */
export function Screen() {
  return (
    <div className="screen-wait">
      <Spin />
    </div>
  );
}
