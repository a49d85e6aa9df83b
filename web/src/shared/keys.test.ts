import { describe, expect, it } from 'vitest';
import { isTyping, KeyReader, nameOf, SEQUENCE_MS } from './keys';

const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
const element = (tagName: string, attributes: Record<string, string> = {}) => ({
  tagName,
  getAttribute: (name: string) => attributes[name] ?? null,
});

describe('keys', () => {
  it('are named alike with Ctrl and Cmd', () => {
    expect(nameOf(press('K', true))).toBe('ctrl+k');
    expect(nameOf({ key: 'k', ctrlKey: false, metaKey: true, altKey: false })).toBe('ctrl+k');
    expect(nameOf(press('Enter'))).toBe('Enter');
    expect(nameOf(press('?'))).toBe('?');
  });

  it('are off while typing', () => {
    expect(isTyping(element('INPUT', { type: 'text' }))).toBe(true);
    expect(isTyping(element('INPUT'))).toBe(true);
    expect(isTyping(element('TEXTAREA'))).toBe(true);
    expect(isTyping(element('DIV', { role: 'combobox' }))).toBe(true);
    expect(isTyping({ tagName: 'DIV', isContentEditable: true })).toBe(true);
    expect(isTyping(element('INPUT', { type: 'checkbox' }))).toBe(false);
    expect(isTyping(element('BUTTON'))).toBe(false);
    expect(isTyping(null)).toBe(false);
  });

  it('read a sequence that begins with g', () => {
    const reader = new KeyReader();
    expect(reader.read(press('g'), 0)).toBe('g');
    expect(reader.read(press('i'), 300)).toBe('g i');
    expect(reader.read(press('i'), 400)).toBe('i');
  });

  it('forget the first key after a while', () => {
    const reader = new KeyReader();
    reader.read(press('g'), 0);
    expect(reader.read(press('i'), SEQUENCE_MS + 1)).toBe('i');
  });
});
