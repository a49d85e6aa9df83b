import { describe, expect, it } from 'vitest';
import { fenOf, lengthWords, money, yearsAndMonths, yearsOf, yuan } from './quantities';

describe('sums', () => {
  it('are shown in yuan and kept in fen', () => {
    expect(yuan(5_516_500)).toBe('55,165.00');
    expect(yuan(123_456_789)).toBe('1,234,567.89');
    expect(yuan(5)).toBe('0.05');
    expect(yuan(-10_001)).toBe('-100.01');
    expect(money(784_433, 'zh-CN')).toBe('7,844.33 元');
    expect(money(784_433, 'en')).toBe('¥7,844.33');
    expect(money(-784_433, 'en')).toBe('-¥7,844.33');
  });

  it('lose no fen on the way in', () => {
    for (const fen of [1, 29, 57, 115, 1_001, 6_018_029, 9_999_999_999]) expect(fenOf(fen / 100)).toBe(fen);
  });
});

describe('lengths of time', () => {
  it('keep every month apart in two decimals', () => {
    for (let months = 0; months <= 1200; months++) {
      const value = yearsOf(Math.floor(months / 12), months % 12);
      expect(String(value)).toMatch(/^\d+(\.\d{1,2})?$/);
      expect(yearsAndMonths(value)).toEqual({ years: Math.floor(months / 12), months: months % 12 });
    }
  });

  it('are read out in years and months', () => {
    expect(lengthWords(28.75, 'zh-CN')).toBe('28 年 9 个月');
    expect(lengthWords(6.58, 'en')).toBe('6 years 7 months');
    expect(lengthWords(1, 'en')).toBe('1 year');
    expect(lengthWords(0.08, 'en')).toBe('1 month');
    expect(lengthWords(0, 'zh-CN')).toBe('0 年');
  });
});
