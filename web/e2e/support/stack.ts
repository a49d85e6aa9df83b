// Starts the running stack again by another clock: what days and weeks bring is shown within minutes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { base, forgetSessions } from './api';

const BINARY = join(import.meta.dirname, '../../../bin/jieli');

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
