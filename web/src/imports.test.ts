/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(ts|svelte)$/.test(name) && !name.includes('.test.') && !name.startsWith('generated') && !name.startsWith('testing'),
);
const area = (path: string) => path.split('/')[0] ?? '';

/** What each area may import. Arrows point down only. */
const MAY: Record<string, string[]> = {
  ui: ['ui', 'state', 'texts', 'api'],
  state: ['state', 'api'],
  texts: ['texts', 'api'],
  api: ['api', 'worker', 'transport'],
  worker: ['worker', 'transport', 'api', 'generated'],
  transport: ['transport', 'api', 'worker', 'generated'],
};

describe('imports', () => {
  it.each(files.filter((name) => name.includes('/')))('%s keeps to its floor', (name) => {
    const text = readFileSync(join(SRC, name), 'utf8');
    for (const [, target] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const to = area(relative(SRC, resolve(SRC, dirname(name), target ?? '')));
      expect(MAY[area(name)] ?? [], `${name} imports ${target}`).toContain(to);
    }
  });
  it('views never start the engine: they take only types and plain functions of api', () => {
    for (const name of files.filter((file) => file.startsWith('ui/'))) {
      for (const [line] of readFileSync(join(SRC, name), 'utf8').matchAll(/^\s*import .*api\/.*$/gm)) {
        expect(line, name).toMatch(/import type|holds-data|recorded-sessions/);
      }
    }
  });
  it('only transport/webusb.ts says navigator.usb', () => {
    const said = files.filter((name) => /navigator\.usb/.test(readFileSync(join(SRC, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(said.filter((name) => name !== 'transport/webusb.ts')).toEqual([]);
  });
  it('no view holds a sentence of its own', () => {
    // Text between tags that is not an expression: two words in a row are a sentence.
    for (const name of files.filter((file) => file.startsWith('ui/') && file.endsWith('.svelte'))) {
      const text = readFileSync(join(SRC, name), 'utf8')
        .replace(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g, '')
        .replace(/=>/g, '');
      const bare = [...text.matchAll(/>([^<>{}]*)</g)].map((m) => m[1] ?? '').filter((words) => /[A-Za-z]{2,}\s+[A-Za-z]{2,}/.test(words));
      expect(bare, name).toEqual([]);
    }
  });
});
