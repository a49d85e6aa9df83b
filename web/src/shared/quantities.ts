import type { Language } from './language';

/** A sum in fen as yuan, with two decimals and thousands separators. */
export function yuan(fen: number): string {
  const amount = Math.abs(fen);
  const whole = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${String(amount % 100).padStart(2, '0')}`;
}

/** A sum in fen with its currency: `55,165.00 元`, `¥55,165.00`. */
export function money(fen: number, language: Language): string {
  return language === 'en' ? `${fen < 0 ? '-' : ''}¥${yuan(Math.abs(fen))}` : `${yuan(fen)} 元`;
}

/** Yuan as people type them, in whole fen. */
export function fenOf(yuanTyped: number): number {
  return Math.round(yuanTyped * 100);
}

/** A length of time in years with two decimals, as years and months: 28.75 is 28 years and 9 months. */
export function yearsAndMonths(value: number): { years: number; months: number } {
  const months = Math.round(value * 12);
  return { years: Math.floor(months / 12), months: months % 12 };
}

/** Years and months as years with two decimals, which tell every month apart. */
export function yearsOf(years: number, months: number): number {
  return Math.round((years * 12 + months) * (100 / 12)) / 100;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A length of time in words: `28 年 9 个月`. */
export function lengthWords(value: number, language: Language): string {
  const { years, months } = yearsAndMonths(value);
  const words = [
    ...(years > 0 || months === 0 ? [language === 'en' ? counted(years, 'year') : `${years} 年`] : []),
    ...(months > 0 ? [language === 'en' ? counted(months, 'month') : `${months} 个月`] : []),
  ];
  return words.join(' ');
}
