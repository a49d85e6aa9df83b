// Starts the running stack again by another clock: what days and weeks bring is shown within minutes.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, forgetSessions } from './api';

const ROOT = join(import.meta.dirname, '../../..');
const BINARY = join(ROOT, 'bin/jieli');

let mine: ChildProcess | undefined;

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ends the stack: our own, or at first the one that scripts/with-stack.sh started. */
export async function stopStack(): Promise<void> {
  const pid = mine?.pid ?? Number(process.env.JIELI_STACK_PID);
  if (!pid) throw new Error('scripts/with-stack.sh names the stack in JIELI_STACK_PID');
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // it has ended already
  }
  if (mine) {
    if (mine.exitCode === null) await once(mine, 'exit');
  } else {
    await gone(pid);
  }
}

/** Starts it on the same data and address, by a clock that is so many days ahead (or behind). */
export async function startStack(daysAhead: number): Promise<void> {
  await stopStack();
  forgetSessions();
  const data = process.env.JIELI_DATA ?? '';
  const child = spawn(
    BINARY,
    ['dev', '--demo', '--data', data, '--http', new URL(base).host, '--ahead', `${daysAhead * 24}h`],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  mine = child;
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      if (said.includes(`ready ${base}`)) resolve();
      else if (said.includes('ready ')) reject(new Error(`the stack came up elsewhere: ${said}`));
    });
    child.on('exit', () => reject(new Error(`the stack ended: ${said}`)));
  });
}

/** The environment in which programs reach the database and Temporal of the running stack. */
function environment(): NodeJS.ProcessEnv {
  const running = readFileSync(join(process.env.JIELI_DATA ?? '', 'running'), 'utf8');
  const named = running
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return { ...process.env, ...Object.fromEntries(named) };
}

/** Ends the post of an officer as an administrator does: with a directory file. */
export function endPost(username: string, name: string, office: string, role: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-directory-'));
  writeFileSync(
    join(folder, 'officers.csv'),
    `username,name,office,role,valid_from,valid_to\n${username},${name},${office},${role},2000-01-01,2026-01-01\n`,
  );
  execFileSync(BINARY, ['load', 'directory', folder], { env: environment() });
}

/** Breaks or mends something in the database, as no office worker can. */
export function runSQL(statements: string): void {
  execFileSync('go', ['run', './test/sql'], { cwd: ROOT, env: environment(), input: statements });
}
