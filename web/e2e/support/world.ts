// The cases that screenshots and accessibility checks look at, made over the API once per stack:
// one batch carried to its end, one that waits at acceptance, one at the community, and a roster
// with findings.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { approve, as, type CaseView, dutyOf, openCases, type Session } from './api';
import { carryDeath, today } from './deaths';

export const SAMPLES = process.env.JIELI_SAMPLES ?? '/work/shared/samples';
export const SUPERVISOR = 'supervision-supervisor-1';
export const ORGANISER = 'party-enterprise-1-clerk-1';

export interface World {
  roster: string;
  preparing: string;
  screening: string;
  returned: string;
  closed: string;
  acceptance: string;
  receiving: string;
  reception: string;
  person: string;
  archive: string;
  /** The application for a loan of an archive. */
  loan: string;
  party: string;
  member: string;
  /** The demonstration's group under an interim form, and a review of it. */
  group: string;
  review: string;
  /** A death, the benefit under review, a second claim of it, and the recovery of what was overpaid. */
  death: string;
  benefit: string;
  dispute: string;
  recovery: string;
  /** The code on the closed batch's approval slip. */
  code: string;
}

interface RosterState {
  id: string;
  state: string;
  case?: string;
}

/** Uploads a sample and waits until it is checked; the same file again is the same roster. */
export async function checkedRoster(clerk: Session, sample: string): Promise<RosterState> {
  return uploaded(clerk, sample, await readFile(join(SAMPLES, sample)));
}

async function uploaded(clerk: Session, name: string, content: Uint8Array<ArrayBuffer> | string): Promise<RosterState> {
  const form = new FormData();
  form.append('file', new Blob([content]), name);
  const { id } = await clerk.send<RosterState>('POST', '/rosters', form);
  for (;;) {
    const roster = await clerk.get<RosterState>(`/rosters/${id}`);
    if (roster.state !== 'checking') return roster;
  }
}

/** Somebody of an invented batch; hukou is the division code of a community. */
interface Invented {
  name: string;
  idNumber: string;
  political?: string;
  cadre?: string;
  hukou?: string;
}

/** Hands a few invented people of one community over as a batch. */
export async function smallBatch(clerk: Session, people: Invented[]): Promise<string> {
  const rows = people.map(({ name, idNumber, political = '群众', cadre = '', hukou = '' }) =>
    [
      name,
      '男',
      idNumber,
      '210106001017',
      '昆明湖街道建农社区',
      hukou,
      '13800000000',
      '2015-05-01',
      political,
      cadre,
    ].join(','),
  );
  const headings = '姓名,性别,身份证号,居住社区代码,居住地址,户籍社区代码,联系电话,退休日期,政治面貌,干部管理类别';
  const csv = [headings, ...rows].join('\n');
  const roster = await uploaded(clerk, '名册.csv', csv);
  return (await clerk.send<CaseView>('POST', '/cases', { type: 'handover', rosterId: roster.id })).no;
}

/** The district has archives set out apart from now on: one administrator proposes, another confirms. */
export async function archivesApart(): Promise<void> {
  const proposer = await as('administration-system_administrator-1');
  const { id } = await proposer.send<{ id: string }>('POST', '/settings/changes', {
    scope: '210106',
    setting: { name: 'archives_with_handover', validFrom: today(), value: 'no' },
    source: '铁西区人力资源和社会保障局通知（演示）',
  });
  const confirmer = await as('administration-system_administrator-2');
  await confirmer.send('POST', `/settings/changes/${id}/decision`, { decision: 'confirm' });
}

export async function batch(clerk: Session, sample: string): Promise<string> {
  const roster = await checkedRoster(clerk, sample);
  if (roster.case) return roster.case;
  return (await clerk.send<CaseView>('POST', '/cases', { type: 'handover', rosterId: roster.id })).no;
}

/** Signs every task of a case and its children until `stop` says that it is far enough. */
export async function carry(no: string, stop: (view: CaseView) => boolean): Promise<void> {
  const supervisor = await as(SUPERVISOR);
  for (;;) {
    let moved = false;
    const before = await supervisor.get<CaseView>(`/cases/${no}`);
    for (const open of await openCases(no, supervisor)) {
      if (stop(await supervisor.get<CaseView>(`/cases/${no}`))) return;
      const duty = await dutyOf(open, supervisor);
      if (!duty) continue;
      if (stop(duty.view)) return;
      await approve(duty);
      moved = true;
    }
    const view = await supervisor.get<CaseView>(`/cases/${no}`);
    // A parent goes on by itself a moment after its last child has ended.
    if (stop(view) || view.state !== 'open') return;
    if (!moved && view.version === before.version && !view.plan.some((step) => step.state === 'current' && step.wait))
      return;
  }
}

/** One person handed over by itself, so that each of these cases is small. */
export async function individual(clerk: Session, name: string, idNumber: string): Promise<string> {
  const mine = await clerk.get<{ items: CaseView[] }>('/cases?mine=true&type=handover&limit=200');
  for (const item of mine.items) {
    const lines = await clerk.get<{ items: { name: string }[]; total: number }>(`/cases/${item.no}/lines?limit=1`);
    if (lines.total === 1 && lines.items[0]?.name === name) return item.no;
  }
  const person = {
    name,
    id_number: idNumber,
    retirement_date: '2026-03',
    phone: '13800000000',
    residence_address: '沈阳市铁西区',
    residence_code: '210106001017',
  };
  return (await clerk.send<CaseView>('POST', '/cases', { type: 'handover', form: { person } })).no;
}

let made: Promise<World> | undefined;

export function world(): Promise<World> {
  made ??= make();
  return made;
}

async function make(): Promise<World> {
  const first = await as('enterprise-1-clerk-1');
  const second = await as('enterprise-2-clerk-1');
  const roster = await checkedRoster(await as('enterprise-3-clerk-1'), 'roster-messy-1000.xlsx');
  const preparing = await batch(second, 'roster-gb18030-120.csv');
  const screening = await batch(second, 'roster-clean-200.xlsx');
  await carry(screening, (view) => view.stage === 'screening');
  const closed = await batch(first, 'roster-small-12.xlsx');
  await carry(closed, () => false);
  const acceptance = await individual(first, '钱受理', '210106195503033337');
  await carry(acceptance, (view) => view.stage === 'acceptance');
  const returned = await individual(first, '李退回', '210106195605055553');
  await carry(returned, (view) => view.stage === 'acceptance' || view.plan.some((step) => step.outcome === 'returned'));
  await sendBack(returned);
  const receiving = await individual(first, '孙接收', '210106195404044444');
  await carry(receiving, (view) => view.stage === 'intakes');
  const [intake, archive] = await childrenOf(receiving, 2);
  await carry(intake ?? '', (view) => view.type === 'reception');
  const [reception] = await childrenOf(intake ?? '', 1);
  await carry(archive ?? '', (view) => view.stage === 'archive-receipt');
  await furnish(await as('bureau-clerk-1'));
  const { version } = await first.get<CaseView>(`/cases/${closed}`);
  const { code } = await first.get<{ code: string }>(`/cases/${closed}/papers/slip?version=${version}`);
  const people = await first.get<{ items: { id: string; communityName: string }[] }>('/people?limit=50');
  const person = people.items.find((each) => each.communityName !== '') ?? people.items[0];
  const loans = await first.get<{ items: CaseView[] }>('/cases?mine=true&type=archive-access');
  const loan =
    loans.items[0] ?? (await first.send<CaseView>('POST', '/cases', { type: 'archive-access', subject: person?.id }));
  const relation = await relationOf(await as(ORGANISER));
  return {
    roster: roster.id,
    preparing,
    screening,
    closed,
    acceptance,
    returned,
    receiving,
    reception: reception ?? '',
    person: person?.id ?? '',
    archive: archive ?? '',
    loan: loan.no,
    party: relation.no,
    member: relation.member,
    ...(await reviewed(await as('bureau-clerk-1'))),
    ...(await bereaved(first)),
    code,
  };
}

/** The child cases of a wait, once they are there: a street's or community's first, then the archives. */
async function childrenOf(no: string, count: number): Promise<string[]> {
  const supervisor = await as(SUPERVISOR);
  for (;;) {
    const { items } = await supervisor.get<{ items: CaseView[] }>(`/cases/${no}/children`);
    if (items.length >= count) return items.map((item) => item.no).sort();
  }
}

/** A member's relation that is with the street's Party working committee, its letter written, once. */
async function relationOf(organiser: Session): Promise<{ no: string; member: string }> {
  const mine = await organiser.get<{ items: CaseView[] }>('/cases?type=party&limit=1');
  const begun = mine.items[0]?.no;
  if (begun) return { no: begun, member: (await organiser.get<CaseView>(`/cases/${begun}`)).subject ?? '' };
  const people = await organiser.get<{ items: { id: string; communityName: string }[] }>('/people?limit=50');
  for (const { id } of people.items.filter((each) => each.communityName !== '')) {
    const person = await organiser.get<{ partyMember?: string }>(`/people/${id}`);
    if (!person.partyMember?.includes('党员')) continue;
    const { no } = await organiser.send<CaseView>('POST', '/cases', { type: 'party', subject: id });
    const facts = { rehired: false, employedElsewhere: false, awayMonths: 0, duesPaidTo: '2026-10' };
    for (let duty = await dutyOf(no, organiser); duty && duty.task.stage !== 'party-acceptance'; ) {
      await approve(duty, duty.task.stage === 'party-preparation' ? facts : {});
      duty = await dutyOf(no, organiser);
    }
    return { no, member: id };
  }
  throw new Error('no Party member has been received');
}

/** The demonstration's group and a review of it under way, begun once. */
async function reviewed(officer: Session): Promise<{ group: string; review: string }> {
  const { items } = await officer.get<{ items: { id: string; bodyName: string; review?: string }[] }>('/groups');
  const group = items.find((each) => each.bodyName.includes('化工厂'));
  if (!group) throw new Error('the demonstration has no group');
  if (group.review) return { group: group.id, review: group.review };
  const { no } = await officer.send<CaseView>('POST', '/cases', { type: 'form-review', form: { group: group.id } });
  return { group: group.id, review: no };
}

/** A retiree whose death was reported late: the family claims, twice, and pension was paid after it. Made once. */
async function bereaved(clerk: Session): Promise<Pick<World, 'death' | 'benefit' | 'dispute' | 'recovery'>> {
  const counter = await as('community-001017-clerk-1');
  const agency = await as('agency-clerk-1');
  const known = async (session: Session, type: string) =>
    (await session.get<{ items: CaseView[] }>(`/cases?type=${type}&limit=1`)).items[0]?.no;
  const name = '吴松年';
  await carry(await individual(clerk, name, '210106194807010113'), () => false);
  const people = await counter.get<{ items: { id: string }[] }>(`/people?q=${encodeURIComponent(name)}`);
  const subject = people.items[0]?.id;
  let death = await known(counter, 'death');
  if (!death) {
    const form = { diedOn: today(75), source: 'community' };
    death = (await counter.send<CaseView>('POST', '/cases', { type: 'death', subject, form })).no;
    await carryDeath(death);
  }
  const claim = (claimant: string, idNumber: string, account: string) =>
    counter.send<CaseView>('POST', '/cases', {
      type: 'benefit',
      subject,
      form: {
        claimants: [{ name: claimant, relation: '子女', idNumber, bank: '中国工商银行', account, share: 10_000 }],
      },
    });
  let benefit = await known(counter, 'benefit');
  if (!benefit) {
    benefit = (await claim('吴家长子', '21010619750302013X', '6222020000001111')).no;
    const taken = { cause: 'illness', otherScheme: 'no', arrangement: 'sole', undertaking: true };
    const calculated = { contributionYears: 30, pensionYears: 6, baseAnnual: 6_018_000, override: 'no' };
    for (const [reader, form] of [
      [counter, taken],
      [agency, calculated],
    ] as const) {
      const duty = await dutyOf(benefit, reader);
      if (!duty) throw new Error(`nobody may sign ${benefit}`);
      await approve(duty, form);
    }
  }
  const dispute =
    (await known(counter, 'claim-dispute')) ?? (await claim('吴家次女', '21010619780302014X', '6222020000002222')).no;
  const recovery =
    (await known(agency, 'recovery')) ??
    (await agency.send<CaseView>('POST', '/cases', { type: 'recovery', subject })).no;
  return { death, benefit, dispute, recovery };
}

/** Returns a case from acceptance with two defects, once. */
async function sendBack(no: string): Promise<void> {
  const supervisor = await as(SUPERVISOR);
  const duty = await dutyOf(no, supervisor);
  if (duty?.task.stage !== 'acceptance') return;
  await (await as(duty.username)).send('POST', `/cases/${no}/actions`, {
    action: 'return',
    taskId: duty.task.id,
    seen: duty.view.version,
    toStage: 'prepare',
    afterReturn: 'here',
    opinion: '请按所列事项补正后重新报送。',
    defects: [
      { item: '移交方案', detail: '未提交或不符合要求，请补齐', clause: 'S2.1' },
      { item: '用印', detail: '未加盖公章或印章不清，请重新加盖' },
    ],
  });
}

/** Gives an officer's desk phrases and a view shared with the office, once. */
async function furnish(officer: Session): Promise<void> {
  const phrases = await officer.get<{ items: unknown[] }>('/phrases');
  if (phrases.items.length > 0) return;
  for (const words of [
    '材料齐全，同意受理。',
    '经逐项核对，移交方案、承诺书与名册一致，党委会议纪要已附，同意按所列人员受理并转请组织部门甄别。',
  ])
    await officer.send('POST', '/phrases', { words });
  const me = await officer.get<{ posts: { office: string }[] }>('/me');
  await officer.send('POST', '/views', {
    page: 'inbox',
    name: '待签收（先到先办）',
    query: 'box=claimable&sort=opened',
    office: me.posts[0]?.office,
  });
}
