import { describe, expect, it } from 'vitest';
import { absolute, duration, partialDate, relative } from './dates';

const now = new Date('2026-11-24T15:00:00+08:00');

describe('dates', () => {
  it('are never raw ISO', () => {
    expect(absolute('2026-11-24T01:05:00Z', 'zh-CN')).toBe('2026年11月24日 09:05');
    expect(absolute('2026-11-24T01:05:00Z', 'en')).toBe('24 Nov 2026, 09:05');
    expect(partialDate('2026-03', 'zh-CN')).toBe('2026年3月');
    expect(partialDate('2026-03-05', 'en')).toBe('5 Mar 2026');
    expect(partialDate('不详', 'zh-CN')).toBe('不详');
    expect(partialDate('', 'zh-CN')).toBe('');
  });

  it('are relative by the day in China, not by 24 hours', () => {
    expect(relative('2026-11-24T14:59:30+08:00', 'zh-CN', now)).toBe('刚刚');
    expect(relative('2026-11-24T14:30:00+08:00', 'zh-CN', now)).toBe('30 分钟前');
    expect(relative('2026-11-24T09:00:00+08:00', 'zh-CN', now)).toBe('今天 09:00');
    expect(relative('2026-11-23T23:00:00+08:00', 'zh-CN', now)).toBe('昨天 23:00');
    expect(relative('2026-11-20T09:00:00+08:00', 'en', now)).toBe('4 days ago');
    expect(relative('2026-10-01T09:00:00+08:00', 'zh-CN', now)).toBe('10月1日');
    expect(relative('2025-10-01T09:00:00+08:00', 'zh-CN', now)).toBe('2025年10月1日');
  });

  it('say a stretch by its largest unit', () => {
    expect(duration(30, 'zh-CN')).toBe('1 分钟');
    expect(duration(7200, 'zh-CN')).toBe('2 小时');
    expect(duration(200_000, 'en')).toBe('2 d');
  });
});
