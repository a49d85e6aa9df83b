import { Tooltip } from 'antd';
import { absolute, relative } from './dates';
import { useLanguage } from './useLanguage';

/** A moment: relative in the line, absolute in the tooltip. */
export function Moment({ at }: { at: string }) {
  const language = useLanguage();
  return (
    <Tooltip title={absolute(at, language)}>
      <time dateTime={at}>{relative(at, language)}</time>
    </Tooltip>
  );
}
