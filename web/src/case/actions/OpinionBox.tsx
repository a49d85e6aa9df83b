import { SettingOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { countPhrase, usePhrases, useSavePhrase } from '../../api/desk';

const BUILT_IN = { approve: 3, return: 3 } as const;

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The product's own wordings for the act, offered after the officer's. */
  builtIn?: keyof typeof BUILT_IN;
  autoFocus?: boolean;
  rows?: number;
}

/** Where an opinion is written, with the officer's phrases one click away. */
export function OpinionBox({ label, value, onChange, builtIn, autoFocus = false, rows = 2 }: Props) {
  const { t } = useTranslation('case');
  const id = useId();
  const own = usePhrases().data ?? [];
  const save = useSavePhrase(() => {});
  const given = builtIn ? Array.from({ length: BUILT_IN[builtIn] }, (_, index) => t(`phrase.${builtIn}${index}`)) : [];
  const standing = new Set([...own.map((phrase) => phrase.words), ...given]);
  const words = value.trim();
  // A ready wording is exchanged for another; what somebody wrote is added to.
  const insert = (phrase: string) => onChange(words === '' || standing.has(words) ? phrase : `${value}${phrase}`);
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoFocus={autoFocus}
        value={value}
        maxLength={4000}
        onChange={(event) => onChange(event.target.value)}
        autoSize={{ minRows: rows, maxRows: 8 }}
      />
      <div className="chips">
        {own.map((phrase) => (
          <button
            type="button"
            key={phrase.id}
            className="chip"
            onClick={() => {
              insert(phrase.words);
              countPhrase(phrase.id);
            }}
          >
            {phrase.words}
          </button>
        ))}
        {given
          .filter((phrase) => !own.some((each) => each.words === phrase))
          .map((phrase) => (
            <button type="button" key={phrase} className="chip" onClick={() => insert(phrase)}>
              {phrase}
            </button>
          ))}
        {words !== '' && words.length <= 500 && !standing.has(words) && (
          <Button
            type="link"
            size="small"
            icon={<StarOutlined aria-hidden />}
            loading={save.isPending}
            onClick={() => save.mutate({ words })}
          >
            {t('phrase.keep')}
          </Button>
        )}
        {own.length > 0 && (
          // Beside the page, so that what is being written here stays.
          <Link to="/settings/phrases" target="_blank" className="quiet-link phrase-settings">
            <SettingOutlined aria-hidden /> {t('phrase.manage')}
          </Link>
        )}
      </div>
    </>
  );
}
