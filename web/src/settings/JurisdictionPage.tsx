import { EditOutlined } from '@ant-design/icons';
import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingView, useSettings } from '../api/governance';
import { useAllowed, useMe } from '../api/session';
import { Clause } from '../shared/Clause';
import { DataTable } from '../shared/DataTable';
import { partialDate } from '../shared/dates';
import { Empty, Panel } from '../shared/Panel';
import { ScopePicker } from '../shared/ScopePicker';
import { useText } from '../shared/text';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import { ChangeList } from './ChangeList';
import { SettingDialog } from './SettingDialog';
import { useValueWords } from './valueWords';
import './governance.css';

/** 辖区设置: what holds in a place, since when, by which document. */
export function JurisdictionPage() {
  const { t } = useTranslation('governance');
  const text = useText();
  const me = useMe();
  const [params, change] = useUrlState();
  const region = params.get('region') ?? me.posts[0]?.region ?? '';
  const sought = (params.get('q') ?? '').trim();
  const query = useSettings(region === 'national' ? '000000' : region);
  const [editing, setEditing] = useState<SettingView>();
  return (
    <>
      <p className="quiet gap-below">{t('setting.hint')}</p>
      <div className="toolbar">
        <ScopePicker
          id="setting-region"
          label={t('setting.region')}
          value={region}
          onChange={(next) => change({ region: next })}
        />
        <Input.Search
          className="wide-search"
          aria-label={t('setting.search')}
          placeholder={t('setting.search')}
          allowClear
          defaultValue={sought}
          onChange={(event) => change({ q: event.target.value || undefined })}
        />
      </div>
      <section className="box">
        <Panel query={query} lines={8}>
          {(settings) => {
            const items = settings.filter((each) => text(each.title).toLowerCase().includes(sought.toLowerCase()));
            return items.length === 0 ? (
              <Empty title={t('setting.none')} />
            ) : (
              <SettingTable items={items} onEdit={setEditing} />
            );
          }}
        </Panel>
      </section>
      <ChangeList kind="setting" />
      {editing && (
        <SettingDialog
          setting={editing}
          region={region === 'national' ? '000000' : region}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  );
}

function SettingTable({ items, onEdit }: { items: SettingView[]; onEdit: (setting: SettingView) => void }) {
  const { t } = useTranslation('governance');
  const text = useText();
  const words = useValueWords();
  const language = useLanguage();
  const proposes = useAllowed()('settings.propose');
  return (
    <DataTable
      items={items}
      rowKey={(item) => item.name}
      minWidth={900}
      columns={[
        {
          key: 'title',
          title: t('setting.column.title'),
          render: (item) => (
            <>
              {text(item.title)} <Clause name={item.clause ?? ''} />
              <div className="quiet">{text(item.help)}</div>
            </>
          ),
        },
        {
          key: 'value',
          title: t('setting.column.value'),
          width: 200,
          render: (item) => <strong>{words(item.name, item.inForce ? item.inForce.value : item.default)}</strong>,
        },
        {
          key: 'source',
          title: t('setting.column.source'),
          width: 260,
          render: (item) =>
            item.inForce ? (
              <>
                {item.inForce.source}
                <div className="quiet">
                  {t('setting.since', {
                    place: item.inForce.region === '000000' ? t('common:scope.national') : item.inForce.regionName,
                    day: partialDate(item.inForce.validFrom, language),
                    version: item.inForce.version,
                  })}
                </div>
              </>
            ) : (
              <Tag>{t('setting.default')}</Tag>
            ),
        },
        {
          key: 'edit',
          title: '',
          width: 100,
          render: (item) =>
            proposes ? (
              <Button
                size="small"
                icon={<EditOutlined aria-hidden />}
                aria-label={`${t('setting.edit')} ${text(item.title)}`}
                onClick={() => onEdit(item)}
              >
                {t('setting.edit')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
