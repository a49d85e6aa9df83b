// A death, and its being taken back, over the API: what each stage is signed with.
import { expect } from '@playwright/test';
import { approve, as, type CaseView, dutyOf } from './api';
import { inventedNumber } from './workbook';
import { carry, individual, SUPERVISOR } from './world';

/** A day so many days ago, by the district's calendar. */
export function today(daysAgo = 0): string {
  return new Date(Date.now() - daysAgo * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
}

const FORMS: Record<string, Record<string, unknown>> = {
  'death-report': { causeClass: 'illness', reporter: '王敏', relation: '女儿', howKnown: '家属到社区告知' },
  'death-verification': { evidence: 'civil_affairs' },
  'rescission-report': {
    seenBy: '王社工',
    seenOn: today(),
    seenHow: 'home',
    wrongBecause: 'namesake',
    account: '入户见到本人，系同名同姓误报。',
  },
  'rescission-check': { checkedWith: 'person', monthlyAmount: 312345 },
};

/** Carries a case to its end, each stage with what it asks for. */
export async function carryDeath(no: string): Promise<void> {
  const supervisor = await as(SUPERVISOR);
  for (let duty = await dutyOf(no, supervisor); duty; duty = await dutyOf(no, supervisor))
    await approve(duty, FORMS[duty.task.stage] ?? {});
  expect((await supervisor.get<CaseView>(`/cases/${no}`)).state).toBe('closed');
}

/** Whom a community has received, and whose death it reports and the agency verifies: the person's id. */
export async function dead(name: string, number: number, diedOn: string, source = 'community'): Promise<string> {
  await carry(await individual(await as('enterprise-1-clerk-1'), name, inventedNumber(number)), () => false);
  const counter = await as('community-001017-clerk-1');
  const found = await counter.get<{ items: { id: string }[] }>(`/people?q=${encodeURIComponent(name)}`);
  const subject = found.items[0]?.id ?? '';
  const report = await counter.send<CaseView>('POST', '/cases', { type: 'death', subject, form: { diedOn, source } });
  await carryDeath(report.no);
  return subject;
}
