import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { CalendarDay, CalendarView } from '../api/governance';

interface Props {
  calendar: CalendarView;
  /** Opens a day for a change; absent where the caller may not propose any. */
  onDay: ((day: string) => void) | undefined;
}

const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** Twelve months. Holidays carry 休, make-up working days 班: a word, not only a colour. */
export function YearView({ calendar, onDay }: Props) {
  const special = new Map(calendar.days.map((day) => [day.day, day]));
  return (
    <div className="year">
      {MONTHS.map((month) => (
        <Month key={month} year={calendar.year} month={month} special={special} onDay={onDay} />
      ))}
    </div>
  );
}

interface MonthProps {
  year: number;
  month: number;
  special: Map<string, CalendarDay>;
  onDay: Props['onDay'];
}

function Month({ year, month, special, onDay }: MonthProps) {
  const { t } = useTranslation('governance');
  const first = dayjs(new Date(year, month, 1));
  // Monday first.
  const lead = (first.day() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((lead + first.daysInMonth()) / 7) * 7 }, (_, cell) => cell - lead + 1);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <table className="month">
      <caption>{t(`calendar.month.${month + 1}`)}</caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <th key={weekday} scope="col">
              {t(`calendar.weekday.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((number, index) => {
              if (number < 1 || number > first.daysInMonth()) return <td key={number} aria-hidden />;
              const day = first.date(number).format('YYYY-MM-DD');
              return (
                <Day
                  key={number}
                  number={number}
                  day={day}
                  found={special.get(day)}
                  weekend={index > 4}
                  onDay={onDay}
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  number: number;
  day: string;
  found: CalendarDay | undefined;
  weekend: boolean;
  onDay: Props['onDay'];
}

function Day({ number, day, found, weekend, onDay }: DayProps) {
  const { t } = useTranslation('governance');
  const kind = found ? (found.working ? 'day-working' : 'day-off') : weekend ? 'day-weekend' : '';
  const words = found ? `${found.name} · ${t(found.working ? 'calendar.working' : 'calendar.off')}` : undefined;
  const content = (
    <>
      {number}
      {found && <span className="day-mark">{t(found.working ? 'calendar.markWorking' : 'calendar.markOff')}</span>}
    </>
  );
  return (
    <td className={found?.own ? `${kind} day-own` : kind} title={words}>
      {onDay ? (
        <button type="button" aria-label={words ? `${day} ${words}` : day} onClick={() => onDay(day)}>
          {content}
        </button>
      ) : (
        content
      )}
    </td>
  );
}
