// The API as the tests need it: to find out which account holds the next task, and, for the
// screenshots and the accessibility checks, to bring cases into the state a screen shows.
import { randomUUID } from 'node:crypto';
import type { components } from '../../src/api/schema';

export type Schemas = components['schemas'];
export type CaseView = Schemas['CaseView'];
export type TaskView = Schemas['TaskView'];

export const PASSWORD = 'jieli-demo';
export const base = process.env.JIELI_URL ?? 'http://127.0.0.1:8080';

/** One signed-in account. */
export class Session {
  readonly username: string;
  #cookie = '';
  #csrf = '';

  private constructor(username: string) {
    this.username = username;
  }

  static async open(username: string): Promise<Session> {
    const session = new Session(username);
    const response = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    if (!response.ok) throw new Error(`sign in ${username}: ${response.status}`);
    session.#cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    session.#csrf = ((await response.json()) as { csrfToken: string }).csrfToken;
    return session;
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${base}/api/v1${path}`, { headers: { Cookie: this.#cookie } });
    if (!response.ok) throw new Error(`GET ${path} as ${this.username}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A write; an answer 202 is asked for again with the same key, as the contract says. */
  async send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
    const key = randomUUID();
    const form = body instanceof FormData;
    for (;;) {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: {
          Cookie: this.#cookie,
          'X-CSRF-Token': this.#csrf,
          'Idempotency-Key': key,
          ...(form ? {} : { 'Content-Type': 'application/json' }),
        },
        body: form ? body : JSON.stringify(body),
      });
      if (response.status === 202 && path.endsWith('/actions')) continue;
      if (!response.ok)
        throw new Error(`${method} ${path} as ${this.username}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    }
  }
}

const sessions = new Map<string, Promise<Session>>();

/** Begins with nobody signed in: a stack by another clock knows the sessions of its own time only. */
export function forgetSessions(): void {
  sessions.clear();
}

/** The session of an account, signed in once. */
export function as(username: string): Promise<Session> {
  const known = sessions.get(username) ?? Session.open(username);
  sessions.set(username, known);
  return known;
}

let accounts: Promise<Schemas['Account'][]> | undefined;

export function demoAccounts(): Promise<Schemas['Account'][]> {
  accounts ??= fetch(`${base}/api/v1/demo/accounts`).then(
    async (response) => ((await response.json()) as { items: Schemas['Account'][] }).items,
  );
  return accounts;
}

/** The accounts that hold the role a task needs; its owner alone once somebody claimed it. */
async function candidates(task: TaskView): Promise<string[]> {
  if (task.owner) return [task.owner];
  return (await demoAccounts())
    .filter((account) => account.office === task.office && account.roles.includes(task.role))
    .map((account) => account.username);
}

export interface Duty {
  username: string;
  task: TaskView;
  view: CaseView;
}

/** Who may sign an open task of a case now, as the case itself says. */
export async function dutyOf(no: string, supervisor: Session): Promise<Duty | undefined> {
  const seen = await supervisor.get<CaseView>(`/cases/${no}`);
  for (const task of seen.tasks.filter((each) => each.state === 'open')) {
    for (const username of await candidates(task)) {
      const view = await (await as(username)).get<CaseView>(`/cases/${no}`);
      const act = view.actions.find((action) => action.action === 'approve' && action.taskId === task.id);
      const own = view.tasks.find((each) => each.id === task.id);
      if (act?.allowed && own) return { username, task: own, view };
    }
  }
  return undefined;
}

/** The open cases below and including one, children first. */
export async function openCases(no: string, supervisor: Session): Promise<string[]> {
  const view = await supervisor.get<CaseView>(`/cases/${no}`);
  const children = await supervisor.get<{ items: { no: string }[] }>(`/cases/${no}/children?limit=200`);
  const below: string[] = [];
  for (const child of children.items) below.push(...(await openCases(child.no, supervisor)));
  return view.state === 'open' ? [...below, no] : below;
}

/** What the rule has to know of a member, and what branch and receipt are called. */
const circumstances: Record<string, Record<string, unknown>> = {
  'party-preparation': { rehired: false, employedElsewhere: false, awayMonths: 0, duesPaidTo: '2026-10' },
  'party-reception': { branch: '第一党支部' },
  'party-receipt': { receiptNumber: 'HZ-1' },
};

/** Carries every Party transfer of an enterprise's organiser to its end: only then its handover is checked. */
export async function carryParties(username: string): Promise<void> {
  const organiser = await as(username);
  const { items } = await organiser.get<{ items: CaseView[] }>('/cases?type=party&state=open&limit=200');
  for (const { no } of items) await carryParty(no, username);
}

/** Carries one Party transfer to its end; facts are what the rule has to know of this member. */
export async function carryParty(no: string, username: string, facts: Record<string, unknown> = {}): Promise<void> {
  const organiser = await as(username);
  for (let duty = await dutyOf(no, organiser); duty; duty = await dutyOf(no, organiser)) {
    const first = duty.task.stage === 'party-preparation' ? facts : {};
    await approve(duty, { ...circumstances[duty.task.stage], ...first });
  }
}

/** Signs a task over the API, confirming what the system proposes and filling in the rest. */
export async function approve(duty: Duty, form: Record<string, unknown> = {}): Promise<void> {
  if (duty.task.stage === 'party-check') await carryParties(duty.username);
  await (await as(duty.username)).send('POST', `/cases/${duty.view.no}/actions`, {
    action: 'approve',
    taskId: duty.task.id,
    seen: duty.view.version,
    form: { ...(duty.task.form.proposal as Record<string, unknown>), ...form },
    opinion: '同意。',
  });
}

/** Signs the open stage of a case of the agency over the API, whoever may; reader is who can see the case. */
export async function signs(no: string, form: Record<string, unknown> = {}, reader = 'agency-head-1'): Promise<void> {
  const duty = await dutyOf(no, await as(reader));
  if (!duty) throw new Error(`nobody may sign ${no}`);
  await approve(duty, form);
}
