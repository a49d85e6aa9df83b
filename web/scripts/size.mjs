// Verifies that the JavaScript a first visit loads (the entry and what it imports at once) stays
// within the limit of the screens' design: 400 KB gzipped.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 400 * 1024;
const manifest = JSON.parse(readFileSync('dist/manifest.json', 'utf8'));
const seen = new Set();

function visit(name) {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) visit(imported);
}

for (const [name, chunk] of Object.entries(manifest)) {
  if (chunk.isEntry) visit(name);
}
// One language and the screen of the sign-in or the inbox come on top of the entry.
for (const extra of ['src/i18n/zh-CN/index.ts', 'src/app/Frame.tsx', 'src/inbox/InboxPage.tsx']) visit(extra);

let total = 0;
for (const file of seen) {
  if (!file.endsWith('.js')) continue;
  const size = gzipSync(readFileSync(`dist/${file}`)).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB  gzipped on the first load (limit ${LIMIT / 1024} KB)`);
if (total > LIMIT) {
  console.error('the first load is too large');
  process.exit(1);
}
