import { expect, test } from 'vitest';
import { nameOf } from './papers';

test('a paper is kept under the name the server gives it', () => {
  expect(nameOf("inline; filename*=UTF-8''%E5%AE%A1%E6%89%B9%E8%A1%A8-YJ-1.pdf")).toBe('审批表-YJ-1.pdf');
  expect(nameOf('')).toBe('paper.pdf');
});
