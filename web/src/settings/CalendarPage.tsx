import { CalendarOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarView, useCalendar } from '../api/governance';
import { useAllowed, useMe } from '../api/session';
import { absolute } from '../shared/dates';
import { Panel } from '../shared/Panel';
import { ScopePicker } from '../shared/ScopePicker';
import { useLanguage } from '../shared/useLanguage';
import { useUrlState } from '../shared/useUrlState';
import { CalendarDialog } from './CalendarDialog';
import { ChangeList } from './ChangeList';
import { RecomputationList } from './RecomputationList';
import { YearView } from './YearView';
import './governance.css';

/** 工作日历: the year of a place or an office, its special days, and changes to them by two persons. */
export function CalendarPage() {
  const { t } = useTranslation('governance');
  const me = useMe();
  const allowed = useAllowed();
  const [params, change] = useUrlState();
  const scope = params.get('scope') ?? me.posts[0]?.region ?? 'national';
  const year = Number(params.get('year')) || new Date().getFullYear();
  const query = useCalendar(scope, year);
  const [editing, setEditing] = useState<string>();
  const turn = (by: number) => change({ year: String(year + by) });
  return (
    <>
      <p className="quiet gap-below">{t('calendar.hint')}</p>
      <div className="toolbar">
        <ScopePicker
          id="calendar-scope"
          label={t('calendar.scope')}
          value={scope}
          name={query.data?.name}
          offices
          onChange={(next) => change({ scope: next })}
        />
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('calendar.before')} onClick={() => turn(-1)} />
        <strong>{t('calendar.year', { year: String(year) })}</strong>
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('calendar.next')} onClick={() => turn(1)} />
        <span className="grow" />
        {allowed('settings.propose') && (
          <Button type="primary" icon={<CalendarOutlined aria-hidden />} onClick={() => setEditing('')}>
            {t('calendar.propose')}
          </Button>
        )}
      </div>
      <section className="box">
        <Panel query={query} lines={8}>
          {(calendar) => (
            <>
              <About calendar={calendar} />
              <YearView calendar={calendar} onDay={allowed('settings.propose') ? setEditing : undefined} />
            </>
          )}
        </Panel>
      </section>
      <ChangeList kind="calendar" />
      <RecomputationList />
      {editing !== undefined && query.data && (
        <CalendarDialog calendar={query.data} day={editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  );
}

/** Whose calendars speak here, with their documents; the hours; up to which year holidays are known. */
function About({ calendar }: { calendar: CalendarView }) {
  const { t } = useTranslation('governance');
  const language = useLanguage();
  return (
    <dl className="facts-line">
      <div>
        <dt>{t('calendar.hours')}</dt>
        <dd>{calendar.hours.split(',').join(language === 'en' ? ', ' : '、')}</dd>
      </div>
      <div>
        <dt>{t('calendar.known')}</dt>
        <dd>{t('calendar.upTo', { year: String(calendar.lastYear) })}</dd>
      </div>
      <div>
        <dt>{t('calendar.layers')}</dt>
        <dd>
          {calendar.layers.map((layer) => (
            <div key={layer.scope}>
              {t('calendar.layer', {
                name: layer.scope === '000000' ? t('common:scope.national') : layer.name,
                version: layer.version,
                source: layer.source,
                on: absolute(layer.changedAt, language, false),
              })}
            </div>
          ))}
        </dd>
      </div>
    </dl>
  );
}
