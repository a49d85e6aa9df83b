import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { texts as en } from './en';
import { texts as zh } from './zh-CN';

type Tree = { [key: string]: string | Tree };

function keysOf(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

/** English has a singular; Chinese has not. */
const withoutPlural = (keys: string[]) => [...new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))].sort();

function placeholders(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value !== 'string')
      for (const [inner, names] of placeholders(value, `${prefix}${key}.`)) found.set(inner, names);
    else if (!key.endsWith('_one')) {
      found.set(`${prefix}${key}`.replace(/_other$/, ''), [...new Set(value.match(/{{\w+}}/g) ?? [])].sort().join(' '));
    }
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const name of Object.keys(zh) as (keyof typeof zh)[]) {
      expect(withoutPlural(keysOf(en[name])), name).toEqual(withoutPlural(keysOf(zh[name])));
    }
  });

  it('fill in the same values in both languages', () => {
    for (const name of Object.keys(zh) as (keyof typeof zh)[]) {
      expect([...placeholders(en[name])].sort(), name).toEqual([...placeholders(zh[name])].sort());
    }
  });

  it('exist for every key a screen names', () => {
    const known = new Set(
      Object.entries(zh).flatMap(([name, tree]) => withoutPlural(keysOf(tree)).map((key) => `${name}:${key}`)),
    );
    const missing: string[] = [];
    for (const path of sources(join(import.meta.dirname, '..'))) {
      const code = readFileSync(path, 'utf8');
      const own = /useTranslation\('(\w+)'\)/.exec(code)?.[1] ?? 'common';
      for (const [, key = ''] of code.matchAll(/\bt\(\s*'([^']+)'/g)) {
        const full = key.includes(':') ? key : `${own}:${key}`;
        // A file may use two namespaces; the second one is always named in the key or is `common`.
        if (!known.has(full) && !known.has(`common:${key}`)) missing.push(`${path.split('/src/')[1]}: ${full}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('say nothing a family should not read', () => {
    const all = JSON.stringify(zh);
    for (const word of ['恭喜', '成功', '拒绝']) expect(all).not.toContain(word);
  });
});
