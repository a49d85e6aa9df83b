import type { Language } from './language';

// Offices work in China's civil time, wherever the browser is.
const ZONE = 'Asia/Shanghai';

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const splitter = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

function partsOf(date: Date): Parts {
  const found: Record<string, number> = {};
  for (const part of splitter.formatToParts(date)) found[part.type] = Number(part.value);
  return {
    year: found.year ?? 0,
    month: found.month ?? 0,
    day: found.day ?? 0,
    hour: found.hour ?? 0,
    minute: found.minute ?? 0,
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

function dayWords(p: Parts, language: Language, withYear: boolean): string {
  if (language === 'en') return `${p.day} ${MONTHS[p.month - 1]}${withYear ? ` ${p.year}` : ''}`;
  return `${withYear ? `${p.year}年` : ''}${p.month}月${p.day}日`;
}

/** A day in words: `2026年11月24日`; with a clock time when `withTime`. */
export function absolute(moment: string, language: Language, withTime = true): string {
  const parts = partsOf(new Date(moment));
  const time = withTime ? `${language === 'en' ? ', ' : ' '}${two(parts.hour)}:${two(parts.minute)}` : '';
  return dayWords(parts, language, true) + time;
}

/** The time of day alone: `09:05`. */
export function clockTime(moment: string): string {
  const parts = partsOf(new Date(moment));
  return `${two(parts.hour)}:${two(parts.minute)}`;
}

/** What the registry and rosters write: `2026-03-05`, `2026-03` or `2026`; other texts stay as they are. */
export function partialDate(text: string, language: Language): string {
  const found = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!found) return text;
  const [, year, month, day] = found;
  if (language === 'en') {
    return [day ? Number(day) : '', month ? MONTHS[Number(month) - 1] : '', year]
      .filter((part) => part !== '')
      .join(' ');
  }
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
}

/** How long ago, in the few words a list has room for. */
export function relative(moment: string, language: Language, now: Date = new Date()): string {
  const date = new Date(moment);
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  const english = language === 'en';
  const then = partsOf(date);
  const today = partsOf(now);
  if (minutes >= 0 && minutes < 1) return english ? 'just now' : '刚刚';
  if (minutes >= 0 && minutes < 60) return english ? `${minutes} min ago` : `${minutes} 分钟前`;
  const days = Math.round(
    (Date.UTC(today.year, today.month - 1, today.day) - Date.UTC(then.year, then.month - 1, then.day)) / 86_400_000,
  );
  const time = `${two(then.hour)}:${two(then.minute)}`;
  if (days === 0) return english ? `today ${time}` : `今天 ${time}`;
  if (days === 1) return english ? `yesterday ${time}` : `昨天 ${time}`;
  if (days > 1 && days < 8) return english ? `${days} days ago` : `${days} 天前`;
  return dayWords(then, language, then.year !== today.year);
}

/** A stretch of time by its largest unit: how long an office held a case. */
export function duration(seconds: number, language: Language): string {
  const english = language === 'en';
  const days = Math.floor(seconds / 86_400);
  if (days >= 1) return english ? `${days} d` : `${days} 天`;
  const hours = Math.floor(seconds / 3600);
  if (hours >= 1) return english ? `${hours} h` : `${hours} 小时`;
  const minutes = Math.max(1, Math.floor(seconds / 60));
  return english ? `${minutes} min` : `${minutes} 分钟`;
}
